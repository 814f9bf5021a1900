#!/usr/bin/env node
import '../dist/bundle/epione-device.js'
