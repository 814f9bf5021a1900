#!/usr/bin/env node
import '../dist/fill-in-main.js'
