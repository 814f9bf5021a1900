export { isKindOf, kindsHashOf, orderKinds } from './kinds.ts'
export type { KindCode } from './kinds.ts'
export { checkSeries, endOf, faultOfDescription, MeasurementKind, Series, SERIES_PER_WINDOW, STATISTICS, timeOf, VALUES_PER_WINDOW } from './series.ts'
export { SPAN_NAMES, SPANS } from '../shapes/spans.ts'
export type { Span } from '../shapes/spans.ts'
export { StreamError } from './stream-error.ts'
export type { StreamErrorCode } from './stream-error.ts'
export {
  contentBytesOf, decodeWindow, encodeWindow, KINDS_PER_DEVICE, spanOf, WINDOW_CONTENT_BYTES_MAX, WINDOW_SAMPLES_BYTES_MAX, WindowClock
} from './window-content.ts'
export type { WindowContent } from './window-content.ts'
export { correctTimes } from './window-times.ts'
export type { TimedWindow, TimeGrade } from './window-times.ts'
