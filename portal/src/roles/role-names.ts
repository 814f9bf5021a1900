/** Whom the pages are for. It stands apart of their pages, because the worker knows roles and pages ask the worker. */
export type Role = 'admin' | 'anybody' | 'auditor' | 'limited' | 'patient' | 'staff' | 'practitioner'
