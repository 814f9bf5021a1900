import type { DecisionRule } from '@epione/protocol'

/** What a rule of the decision says: to staff, who see its facts beside it, and to the patient. */
export const RULE_WORDS: Readonly<Record<DecisionRule, { staff: string, patient: string }>> = {
  'policy.role-may-act': { staff: 'The policy lets this role act for this purpose', patient: 'The hospitals\' common rules allow this to somebody in that role.' },
  'policy.role-may-not-act': {
    staff: 'No rule of the policy permits this role, for this purpose, each record', patient: 'The hospitals\' common rules do not allow this to somebody in that role.'
  },
  'policy.forbids': { staff: 'The policy forbids it', patient: 'The hospitals\' common rules forbid it.' },
  'policy.cannot-be-evaluated': {
    staff: 'A rule of the policy cannot be evaluated: the certificate does not say what it asks',
    patient: 'The hospitals\' common rules could not be applied, because not enough was known of the person.'
  },
  'consent.grants': { staff: 'The patient\'s consent covers it', patient: 'You consented to it.' },
  'emergency.opens': { staff: 'It opens an emergency', patient: 'It was said that nobody could ask you: an emergency was opened, which another hospital reviews.' },
  'emergency.within': { staff: 'It is within an open emergency', patient: 'It belongs to an emergency that had been opened, which another hospital reviews.' },
  'emergency.box-unknown': { staff: 'No event opened the emergency that is named', patient: 'An emergency was named that was never opened.' },
  'emergency.box-of-another': { staff: 'The emergency is another person\'s, or another patient\'s', patient: 'An emergency was named that somebody else had opened, or not of you.' },
  'emergency.box-over': { staff: 'The time of the emergency is over', patient: 'The time of the emergency was over.' },
  'emergency.box-closed': { staff: 'The emergency was closed', patient: 'The emergency had been closed.' },
  'emergency.second-missing': {
    staff: 'Records of this level take a second practitioner\'s signature', patient: 'Records as confidential as these take two people, and only one had asked.'
  },
  'emergency.second-is-requester': {
    staff: 'The second practitioner is the requester', patient: 'Two people had to ask, and the second one was the first.'
  },
  'emergency.second-role': {
    staff: 'The second practitioner is of none of the roles that the policy asks for', patient: 'Two people had to ask, and the second was not of a role that may.'
  },
  'emergency.limit-of-organization': {
    staff: 'The hospital opened as many emergencies in 24 hours as the policy allows: take the paper path',
    patient: 'The hospital had opened as many emergencies that day as it may.'
  },
  'emergency.limit-of-person': {
    staff: 'You opened as many emergencies in 24 hours as the policy allows one person: ask a colleague',
    patient: 'The person had opened as many emergencies that day as one person may.'
  },
  'record.unknown': { staff: 'The patient has no such record', patient: 'A record was asked for that is not yours, or does not exist.' },
  'record.erased': { staff: 'The patient erased the record', patient: 'You had erased a record that was asked for.' },
  'record.withdrawn': { staff: 'The author withdrew the record', patient: 'Its author had withdrawn a record that was asked for.' },
  'stream.unknown': { staff: 'The patient has no such stream to follow', patient: 'A stream was to be followed that is not yours, or of which nothing is on the ledger.' },
  'stream.device-ended': { staff: 'The device of the stream has ended', patient: 'The device had ended whose measurements were to be followed.' },
  'compartment.unknown': { staff: 'The patient has no such compartment to search', patient: 'A category was to be searched that is not yours, or has no search key.' },
  'patient.frozen': { staff: 'The patient is frozen: nobody reads anything', patient: 'Your records were frozen: nobody could read anything.' },
  'patient.succeeded': { staff: 'The patient id was handed over to another', patient: 'Your records had been handed over to another patient id.' },
  'patient.prohibits': { staff: 'The patient forbids it', patient: 'You had forbidden it.' },
  'patient.prohibition-cannot-be-evaluated': {
    staff: 'The patient forbids it to departments, and the certificate names none',
    patient: 'You had forbidden it to a department, and nothing says to which one the person belongs.'
  },
  'consent.none-named': { staff: 'The request names no consent', patient: 'No consent of yours was named.' },
  'consent.unknown': { staff: 'The consent that the request names is not on the ledger', patient: 'A consent was named that does not exist.' },
  'consent.of-another-patient': { staff: 'The consent is another patient\'s', patient: 'The consent that was named is not yours.' },
  'consent.revoked': { staff: 'The patient revoked the consent', patient: 'You had revoked your consent.' },
  'consent.void': {
    staff: 'The consent is void: too few proxies confirmed custody in time', patient: 'Your consent never came into effect: too few hospitals took part in time.'
  },
  'consent.pending': {
    staff: 'The consent is pending: too few proxies have confirmed custody yet', patient: 'Your consent was not in effect yet: too few hospitals had taken part.'
  },
  'consent.suspended': {
    staff: 'The consent is suspended: too few proxies still hold its kfrags', patient: 'Your consent was suspended: too few hospitals still took part in it.'
  },
  'consent.not-started': { staff: 'The consent has not begun', patient: 'Your consent had not begun.' },
  'consent.expired': { staff: 'The consent has expired', patient: 'Your consent had expired.' },
  'consent.grantee-mismatch': { staff: 'The consent is to somebody else', patient: 'Your consent is to somebody else.' },
  'consent.not-a-member': {
    staff: 'The consent is to a department that the person is no member of', patient: 'Your consent is to a department, and the person was none of its members.'
  },
  'consent.department-key-outdated': {
    staff: 'The consent is to a former key of the department: the patient gives it anew',
    patient: 'The department has a new key since, because its members changed: your consent would have to be given anew.'
  },
  'consent.receiving-key-mismatch': {
    staff: 'The consent is to another key: after a change of keys it takes a new consent', patient: 'Your consent is to another key of that person or department, and would have to be given anew.'
  },
  'consent.action-not-granted': { staff: 'The consent does not cover this action', patient: 'Your consent does not cover this.' },
  'consent.purpose-not-granted': { staff: 'The consent does not cover this purpose', patient: 'Your consent does not cover this purpose.' },
  'consent.compartment-not-granted': {
    staff: 'The consent does not cover a record\'s category', patient: 'Your consent does not cover the category of a record that was asked for.'
  },
  'consent.condition-failed': {
    staff: 'A condition of the consent does not hold', patient: 'Your consent asks for a role or department that the person does not have.'
  },
  'consent.level-not-granted': {
    staff: 'The consent does not cover this confidentiality level', patient: 'Your consent does not cover records as confidential as one that was asked for.'
  },
  'consent.data-period-not-granted': {
    staff: 'A record lies outside of the consent\'s period', patient: 'A record that was asked for lies outside of the period in your consent.'
  },
  'consent.data-time-unknown': {
    staff: 'Nobody can tell whether a record lies in the consent\'s period', patient: 'Nobody could tell whether a record lies in the period in your consent.'
  },
  'consent.excepted': { staff: 'An exception of the consent holds', patient: 'You had made an exception of this in your consent.' },
  'consent.exception-cannot-be-evaluated': {
    staff: 'An exception of the consent may hold of some record there',
    patient: 'You had made an exception in your consent that a search cannot keep.'
  }
}

/** What a purpose is, said to the patient. */
export const PURPOSE_WORDS: Readonly<Record<string, string>> = {
  TREAT: 'to treat you',
  ETREAT: 'to treat you in an emergency',
  BTG: 'in an emergency in which nobody could ask you',
  HPAYMT: 'to settle a payment',
  HOPERAT: 'to run the hospital',
  HRESCH: 'for research',
  PUBHLTH: 'for public health'
}
