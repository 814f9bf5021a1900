// Made of gateway/openapi.json by `npm run openapi -w gateway`: do not change it by hand.
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The gateway can do its work */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-protected-resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which identity provider issues tokens for this gateway, and the scopes that it knows (RFC 9728) */
        get: operations["getProtectedResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The network document in force, and whose gateway this is */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was signed of a version of the network document, in force or approved: prove each by the one before */
        get: operations["getNetworkVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What members propose as the next version of the network document, and who approved it */
        get: operations["listNetworkProposals"];
        put?: never;
        /** Brings an admin's signed proposal of the next version to the ledger, with the policy that it names unless the ledger has that */
        post: operations["proposeNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyHash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A policy of the consortium, in force or proposed: its hash proves it */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings an admin's signed approval of a proposed version to the ledger; in force once more than half of the members approved */
        post: operations["approveNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the consortium with the proxy keys and gateways on the ledger */
        get: operations["listOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{statementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a statement was accepted: shows through this hospital that another one committed it */
        get: operations["getStatementReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes a new patient's first key directory, submitted by the registration desk */
        post: operations["registerPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of a patient's key directory, each signed: check them up to the patient id */
        get: operations["getDirectory"];
        /** Publishes a later version of a patient's key directory, which waits when it brings a new identity key; the statement authenticates itself */
        put: operations["updateDirectory"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/directory/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a directory version with a new identity key in force, once it has waited unstopped */
        post: operations["activateDirectory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/succession": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands a patient id over to another one by a statement that both signed: its consents end, its records wait for the successor's rewraps */
        post: operations["succeedPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/representations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms before the registration desk that somebody acts for the patient; patient and representative signed the statement */
        post: operations["confirmRepresentation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/representations/ends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a representation by a statement of the patient or the representative */
        post: operations["endRepresentation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/representations/{representationId}/end-in-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a representation that this hospital's registration desk confirmed, submitted by it */
        post: operations["endRepresentationInPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A patient's guardians, freeze, recoveries and representatives, each signed: check them up to the patient id */
        get: operations["getRecovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/guardians": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keeps a patient's encrypted backup and the guardians' sealed shares, and brings the signed statement to the ledger; send it to every hospital */
        put: operations["publishGuardians"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/guardians/escrow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keeps backup and sealed shares of the next issue before the ledger has its statement, so that a majority keeps them when it counts; the issue in force stays as it is */
        put: operations["depositEscrow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recovery/escrow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that this hospital keeps for a recovery, exactly as it lies there, for the patient alone to compare with the statement; null where nothing lies */
        get: operations["getEscrow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recovery/shares/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One guardian's share, sealed to that guardian's own key; `issue` refuses an issue that was replaced */
        get: operations["getGuardianShare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freezes a patient by the patient's or the guardians' signed statement; `freezeId` is the freeze in force afterwards */
        post: operations["freezePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the freeze in force by the guardians' signed statement, or the patient's who made it */
        post: operations["unfreezePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recoveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings the guardians' signed request for the backup to the ledger, where it waits in public; the statement authenticates itself */
        post: operations["requestRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recoveries/stops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a recovery or a change of the identity key, also one not yet seen; the statement authenticates itself */
        post: operations["stopRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recoveries/{requestId}/stop-in-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a recovery for a patient who appeared in person, submitted by the registration desk */
        post: operations["stopRecoveryInPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/recoveries/{requestId}/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The backup of a recovery that has waited unstopped, sealed to the key in the guardians' request; before, 409 with `availableFrom` */
        get: operations["getBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrols a member of staff with the hospital's CA under an opaque id */
        post: operations["enrolPractitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the token's subject is on the ledger */
        get: operations["getSelf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Binds the caller's request-signing and receiving key, in a transaction under the caller's own certificate */
        post: operations["bindKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/{mspId}/{staffId}/suspensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a person, a certificate or a key by the person's own signed statement, for good; the statement authenticates itself */
        post: operations["suspendSelf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/{mspId}/{staffId}/suspensions/by-hospital": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a member of the hospital's own staff, a certificate or a key of theirs, for good */
        post: operations["suspendStaff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/{mspId}/{staffId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All key bindings of a member of staff, each signed with the keys it binds */
        get: operations["getBinding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/departments/foundings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a department of this hospital in place that one of its members signed: the first time, or when no member is left */
        post: operations["foundDepartment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/departments/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the members of the caller's department, with a new key whenever one leaves, under the caller's own certificate */
        post: operations["changeDepartment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/departments/{mspId}/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A department at one version, by default its newest, signed by one of its members */
        get: operations["getDepartment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/envelopes/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The present key of a department of this hospital, sealed to the caller's envelope key, and the former ones as they were sealed to them */
        get: operations["getEnvelope"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/department-consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Consents granted to the department as of which the caller is certified, for its present members */
        get: operations["listConsentsForDepartment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores sealed content under its CID; durable when answered, and harmless to repeat */
        post: operations["storeContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registers a sealed record that was stored before, and copies it to one more hospital */
        post: operations["registerRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Record versions of a patient, as far as the caller may see them */
        get: operations["listRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed manifest of a record version with its newest rewrap, by default of the newest version */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/versions/{version}/wrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The wrap of a record version: for its patient, or under a live permit */
        get: operations["getWrap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/versions/{version}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ciphertext of a record version: for its patient, or under a live permit; ETag is its CID, Range and conditional requests are honoured */
        get: operations["getContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/versions/{version}/rewraps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces the wrap of a record version by its patient's signed rewrap, or their successor's; the content stays, the former wrap is deleted */
        post: operations["rewrapRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends record versions by their patient's signed erasure: every hospital destroys wraps and ciphertext and says so on the ledger */
        post: operations["eraseRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a record version that its author should never have written; it is destroyed like an erased one */
        post: operations["withdrawRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An erasure or withdrawal, and what each hospital has signed that it destroyed */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/anchors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What proves that an order, and then each destruction that it lists, is in the anchored log, as for an access event */
        get: operations["getOrderAnchors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a resumable upload of sealed content, of Upload-Length bytes; Location is its address, Upload-Expires its end */
        post: operations["createUpload"];
        delete?: never;
        /** What this gateway speaks of tus, and how long a content may be: Tus-Version, Tus-Extension, Tus-Max-Size */
        options: operations["getUploadOptions"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as JSON; of a finished upload what was stored */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /** Gives an upload up: what came of it is removed, unless it is finished */
        delete: operations["endUpload"];
        options?: never;
        head?: never;
        /** Adds bytes at Upload-Offset, each piece durable when answered; after the last one CID and content hash are taken and the content is stored */
        patch: operations["appendToUpload"];
        trace?: never;
    };
    "/v1/search-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes issues of a patient's search keys, and keeps the wraps of their secrets here and at one more hospital */
        post: operations["publishSearchKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/search-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest search key of each of a patient's compartments and epochs, or all issues of one, with the statements that published them */
        get: operations["listSearchKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/search-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks every proxy of a permitted search's consent and passes their signed answers on: cfrags of the search wraps, and the chains of each compartment before the permit's block */
        post: operations["collectSearchAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/heads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The chains of a searched compartment as one proxy says that they were before the permit's block: to see which one it tells otherwise */
        get: operations["listChainHeadsOfProxy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/index": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The index of one compartment, whole and in the ledger's order: links of all writers with their sealed entries, after a position where one is given */
        get: operations["listIndexLinks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/index/heads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The chains of one compartment as far as this gateway has read its own peer, for a patient who asks two */
        get: operations["listChainHeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Introduces a device by a statement that the patient and the device's own key signed */
        post: operations["addDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/device-ends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a device at once, by the patient's signature or the device's own */
        post: operations["endDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A patient's devices, with the ends of those that ended */
        get: operations["listDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/devices/{deviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One device of a patient, by which its segments are judged */
        get: operations["getDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/{stream}/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Windows that lie here and in no segment yet */
        get: operations["listStoredWindows"];
        put?: never;
        /** Takes windows of a stream, in order, and copies them to a second hospital; harmless to repeat */
        post: operations["putWindows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/{stream}/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registers a segment of windows that this gateway has, together with segments of other devices; answered when it is on the ledger */
        post: operations["closeSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/{stream}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a stream is on the ledger, and how far beyond that windows lie here */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/versions/{version}/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The windows of a segment, in order: for its patient, or under a live permit */
        get: operations["listSegmentWindows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/versions/{version}/window-rewraps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces the wraps of all windows of a segment by its patient's signed rewrap, or their successor's */
        post: operations["rewrapSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/window-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks as many proxies of a permit's consent as it needs, drawn by lot, to re-encrypt windows of its segments, 256 at most, and passes their signed answers on: one batch for each compartment */
        post: operations["collectWindowAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Windows of a followed stream as they are stored, with proxies' answers: server-sent events `windows` and `withheld`, and at last one `end` */
        get: operations["followStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The access log, newest first: an auditor's scope, a patient's own record, or a practitioner's own requests */
        get: operations["listAccessEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-log-readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read the access log, newest first: an auditor's scope, of a patient's own events, or a practitioner's own readings */
        get: operations["listLogReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-log-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes that the caller takes a file of the access log away, and signs what this hospital itself finds for its query */
        post: operations["attestLogExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An access event from the ledger itself, with the signed request, the receipts of proxies and accusations */
        get: operations["getAccessEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an access event was permitted or denied, on what the ledger held then: rules, facts, what was lacking, and what can be judged as of now alone */
        get: operations["explainAccessEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would be decided of a request that nobody made, if it came now, and why: to read records, or to search compartments */
        post: operations["explainAccessRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{recordId}/readers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who can read a record version now, or could when a block was the newest: page by page the patient's consents, each with what its person would get */
        get: operations["listRecordReaders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would gain and who would lose by a policy in place of the one in force: page by page all record versions and the consents to them */
        post: operations["previewPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/anchor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a proof bundle of an access event is made of: its envelope, the paths to its block and batch, the witnesses' signatures, the EVM transaction */
        get: operations["getEventAnchor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consent-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was given and refused access by patients, newest first; with `at`, what was in force then */
        get: operations["listConsentChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/group-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who joined or left a department to which consents were in force, newest first */
        get: operations["listGroupChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receivers of this hospital's webhooks: what waits, what was given up after how many attempts, and why */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notices as blocks come: server-sent events `access`, `consent` and `group`, `alive` at least every ten seconds, `behind`, and at last one `end`; after `Last-Event-ID` or `after`, else from now on */
        get: operations["followNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a patient's signed consent to the ledger and its sealed kfrags to the proxies; the statement authenticates itself */
        post: operations["grantConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{consentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A consent with its custody and end, for its patient and its grantee */
        get: operations["getConsent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All consents of the patient whose session it is */
        get: operations["listConsentsOfPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Consents granted to the caller */
        get: operations["listConsentsForSelf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a consent by its patient's signed revocation, which authenticates itself; this hospital's proxy stops at once */
        post: operations["revokeConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{patientId}/prohibitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The prohibitions in force of the patient whose session it is, oldest first */
        get: operations["listProhibitions"];
        put?: never;
        /** Forbids, whatever consents say, or ends an earlier prohibition, by the patient's signed statement, which authenticates itself */
        post: operations["forbidAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submits a practitioner's signed request under that person's certificate; permitted or denied, it is logged */
        post: operations["requestAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-requests/of-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submits a practitioner's signed requests for several patients in one transaction; each is decided, logged or refused alone */
        post: operations["requestAccessOfAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/cfrags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks every proxy of a permitted event's consent and passes their signed answers on, one for each compartment, false ones too: the client is the judge */
        post: operations["collectCfrags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-events/{eventId}/accusations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a proxy's signed false answer on the ledger, which checks it and refuses an accusation of a good one */
        post: operations["accuseProxy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{mspId}/emergency-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest emergency key of an organisation, as its admin signed it */
        get: operations["getEmergencyKeys"];
        put?: never;
        /** Brings an organisation's next emergency key to the ledger, signed by its admin; older deposits are then to be topped up */
        post: operations["publishEmergencyKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/emergency-consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Emergency consents of a patient to the caller's hospital: what an emergency can name */
        get: operations["listEmergencyConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Boxes that were opened, newest first: open, to be reviewed, overdue or reviewed */
        get: operations["listEmergencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergencies/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A box from the ledger itself, with its closing and review */
        get: operations["getEmergency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergencies/closings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a box before its time, in a transaction under the certificate of whoever opened it */
        post: operations["closeEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emergencies/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what an officer of another organisation found of a box, in a transaction under their certificate */
        post: operations["reviewEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this gateway serves of FHIR */
        get: operations["getFhirMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/DocumentReference/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record as a document, by its signed manifest: the newest version */
        get: operations["readFhirDocumentReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/DocumentReference/{id}/_history/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a record as a document */
        get: operations["readFhirDocumentReferenceVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/DocumentReference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Record versions of a patient as documents, as far as the caller may see them */
        get: operations["searchFhirDocumentReferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/Binary/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sealed bytes of a record version, under a permit (?event=) or by its patient */
        get: operations["readFhirBinary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/Binary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores a sealed content; anything else is refused */
        post: operations["createFhirBinary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/Consent/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A consent, in the profile of IHE PCF that its grade needs */
        get: operations["readFhirConsent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/Consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Consents of a patient: to the patient all, to a practitioner those granted to them */
        get: operations["searchFhirConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/AuditEvent/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An access event in the pattern of IHE BALP; its id is that of the request */
        get: operations["readFhirAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/AuditEvent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The access log as AuditEvents, newest first: permits and denials */
        get: operations["searchFhirAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fhir/Provenance/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who signed a record version, with the signed manifest */
        get: operations["readFhirProvenance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem document */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            code: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description every code that this version answers with; docs/problems.md says what to do for each
         * @enum {string}
         */
        ProblemCode: "ACCESS_DENIED" | "ACCUSATION_REFUSED" | "ANCHOR_CONFLICT" | "ANCHOR_MISMATCH" | "ANCHOR_UNKNOWN" | "APPROVAL_CONFLICT" | "ARGUMENT_INVALID" | "ATTRIBUTES_CHANGED" | "BACKUP_UNKNOWN" | "BATCH_FINAL" | "BATCH_FULL" | "BATCH_INVALID" | "BATCH_REFUSED" | "BINDING_CONFLICT" | "BINDING_MISMATCH" | "BINDING_MISSING" | "CA_UNAVAILABLE" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "CHANGE_UNKNOWN" | "COMPARTMENT_ERASED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "COMPARTMENT_UNKNOWN" | "CONSENT_ENDED" | "CONSENT_INVALID" | "CONSENT_OUTDATED" | "CONSENT_UNKNOWN" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CONTENT_MISSING" | "CONTENT_TOO_LARGE" | "CONTENT_UNAVAILABLE" | "CONTENT_UNKNOWN" | "COPY_UNAVAILABLE" | "CURSOR_INVALID" | "CUSTODY_MISSING" | "CUSTODY_NOT_LISTED" | "DECISION_MISMATCH" | "DENIED_REPEATEDLY" | "DEPARTMENT_UNKNOWN" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "DEVICE_UNKNOWN" | "DIRECTORY_CONFLICT" | "EMERGENCY_ALONE" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_LIMIT" | "EMERGENCY_OPEN" | "EMERGENCY_UNKNOWN" | "ENTRY_MISMATCH" | "ENVELOPE_UNKNOWN" | "EPOCH_ENDED" | "ERASURE_TOO_LARGE" | "ESCROW_MISMATCH" | "EVENT_DENIED" | "EVENT_NOT_PERMITTED" | "EVENT_OF_ANOTHER" | "EVENT_UNKNOWN" | "FEATURE_INACTIVE" | "FORMAT_UNKNOWN" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "GUARDIANS_TOO_FEW" | "GUARDIANS_UNKNOWN" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "IDENTITY_PROVIDER_UNAVAILABLE" | "INDEX_OUTDATED" | "INTERNAL" | "IPFS_UNAVAILABLE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "KFRAG_MISSING" | "LEDGER_DIVERGED" | "LEDGER_RESULT_INVALID" | "LEDGER_UNAVAILABLE" | "MEDIA_TYPE_UNSUPPORTED" | "MEMBERSHIP_CONFLICT" | "MEMBERSHIP_INVALID" | "MEMBERS_FIXED" | "NETWORK_ALREADY_FOUNDED" | "NETWORK_CONFLICT" | "NETWORK_NOT_FOUNDED" | "NOTES_CONFLICT" | "NOTES_UNKNOWN" | "NOTE_INVALID" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_FOUND" | "NOT_PERMITTED" | "NOT_READY" | "ORDER_MISMATCH" | "ORDER_UNKNOWN" | "OVERLOADED" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_ID_MISMATCH" | "PATIENT_REPEATED" | "PATIENT_SUCCEEDED" | "PATIENT_UNKNOWN" | "PEER_BEHIND" | "PEER_REFUSED" | "PEER_UNAVAILABLE" | "PEER_UNKNOWN" | "PERMIT_EXPIRED" | "POLICY_INVALID" | "POLICY_UNKNOWN" | "PRACTITIONER_EXISTS" | "PRECONDITION_FAILED" | "PROHIBITIONS_TOO_MANY" | "PROHIBITION_INVALID" | "PROHIBITION_UNKNOWN" | "PROPOSALS_TOO_MANY" | "PROPOSAL_INVALID" | "PROPOSAL_LAPSED" | "PROPOSAL_PENDING" | "PROPOSAL_UNKNOWN" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "PROXY_UNKNOWN" | "QUOTA_EXCEEDED" | "RANGE_INVALID" | "READ_MODEL_BEHIND" | "RECORD_CONFLICT" | "RECORD_ENDED" | "RECORD_EXISTS" | "RECORD_UNKNOWN" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED" | "RECOVERY_UNKNOWN" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "REPRESENTATION_UNKNOWN" | "REQUEST_INVALID" | "REQUEST_TIMEOUT" | "REQUEST_TOO_LARGE" | "REVIEW_CONFLICT" | "REWRAP_CONFLICT" | "SCOPE_MISSING" | "SEARCH_KEYS_CONFLICT" | "SEARCH_KEYS_INVALID" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SESSION_EXPIRED" | "SESSION_INVALID" | "SESSION_REPLAYED" | "SHARE_UNKNOWN" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "STATEMENT_REPLAYED" | "STATEMENT_UNKNOWN" | "STATEMENT_UNPROVEN" | "STORAGE_FULL" | "SUSPENDED" | "SUSPENSION_CONFLICT" | "TIMESTAMP_OUT_OF_TOLERANCE" | "TOKEN_AUDIENCE" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_MISSING" | "TOO_MANY_REQUESTS" | "UPLOAD_CONFLICT" | "UPLOAD_EXPIRED" | "UPLOAD_UNKNOWN" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER" | "WRAP_MISMATCH" | "WRAP_UNKNOWN";
    };
    responses: {
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. REQUEST_INVALID: The request does not fit its description. */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description REQUEST_TIMEOUT: The request did not come in time. */
        Problem408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:request-timeout",
                 *       "title": "Refused",
                 *       "status": 408,
                 *       "detail": "The request did not come in time.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "REQUEST_TIMEOUT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 408;
                    /** @enum {unknown} */
                    code?: "REQUEST_TIMEOUT";
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. */
        Problem410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-erased",
                 *       "title": "Refused",
                 *       "status": 410,
                 *       "detail": "This epoch of the compartment was erased.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_ERASED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_ERASED";
                };
            };
        };
        /** @description TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        Problem429: {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:too-many-requests",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "The caller asks faster than the gateway answers one caller.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "TOO_MANY_REQUESTS"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description REQUEST_INVALID: The request does not fit its description. */
        Problem431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:request-invalid",
                 *       "title": "Refused",
                 *       "status": 431,
                 *       "detail": "The request does not fit its description.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "REQUEST_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 431;
                    /** @enum {unknown} */
                    code?: "REQUEST_INVALID";
                };
            };
        };
        /** @description INTERNAL: The gateway failed. */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:internal",
                 *       "title": "Refused",
                 *       "status": 500,
                 *       "detail": "The gateway failed.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "INTERNAL"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 500;
                    /** @enum {unknown} */
                    code?: "INTERNAL";
                };
            };
        };
        /** @description LEDGER_RESULT_INVALID: The peer answered what no contract answers. */
        Problem502: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ledger-result-invalid",
                 *       "title": "Refused",
                 *       "status": 502,
                 *       "detail": "The peer answered what no contract answers.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "LEDGER_RESULT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 502;
                    /** @enum {unknown} */
                    code?: "LEDGER_RESULT_INVALID";
                };
            };
        };
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        Problem503: {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:format-unknown",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The peer keeps what this gateway does not know.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "FORMAT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description STORAGE_FULL: The disk is full. */
        Problem507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:storage-full",
                 *       "title": "Refused",
                 *       "status": 507,
                 *       "detail": "The disk is full.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "STORAGE_FULL"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 507;
                    /** @enum {unknown} */
                    code?: "STORAGE_FULL";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. MEMBERS_FIXED: Members are not changed by this. POLICY_INVALID: The policy breaks a rule. PROPOSAL_INVALID: The proposal breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "MEMBERS_FIXED" | "POLICY_INVALID" | "PROPOSAL_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROPOSAL_UNKNOWN: There is no such proposal. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROPOSAL_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description APPROVAL_CONFLICT: The member approved before. NETWORK_ALREADY_FOUNDED: The network is founded. NETWORK_CONFLICT: Another document has this version. PROPOSAL_LAPSED: The proposal's time is over. PROPOSAL_PENDING: A proposal for this version waits. */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:approval-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The member approved before.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "APPROVAL_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "APPROVAL_CONFLICT" | "NETWORK_ALREADY_FOUNDED" | "NETWORK_CONFLICT" | "PROPOSAL_LAPSED" | "PROPOSAL_PENDING";
                };
            };
        };
        /** @description PROPOSALS_TOO_MANY: Too many proposals wait. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-2": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:proposals-too-many",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "Too many proposals wait.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "PROPOSALS_TOO_MANY"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "PROPOSALS_TOO_MANY" | "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. MEMBERS_FIXED: Members are not changed by this. PATIENT_ID_MISMATCH: The id is not that of the keys. POLICY_INVALID: The policy breaks a rule. PROPOSAL_INVALID: The proposal breaks a rule. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "MEMBERS_FIXED" | "PATIENT_ID_MISMATCH" | "POLICY_INVALID" | "PROPOSAL_INVALID" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROPOSAL_UNKNOWN: There is no such proposal. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROPOSAL_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description APPROVAL_CONFLICT: The member approved before. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. NETWORK_ALREADY_FOUNDED: The network is founded. NETWORK_CONFLICT: Another document has this version. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PROPOSAL_LAPSED: The proposal's time is over. PROPOSAL_PENDING: A proposal for this version waits. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:approval-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The member approved before.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "APPROVAL_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "APPROVAL_CONFLICT" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "NETWORK_ALREADY_FOUNDED" | "NETWORK_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PROPOSAL_LAPSED" | "PROPOSAL_PENDING" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description REQUEST_TOO_LARGE: The body is larger than the operation takes. */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:request-too-large",
                 *       "title": "Refused",
                 *       "status": 413,
                 *       "detail": "The body is larger than the operation takes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "REQUEST_TOO_LARGE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "REQUEST_TOO_LARGE";
                };
            };
        };
        /** @description MEDIA_TYPE_UNSUPPORTED: The body has another media type than the description says. */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:media-type-unsupported",
                 *       "title": "Refused",
                 *       "status": 415,
                 *       "detail": "The body has another media type than the description says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "MEDIA_TYPE_UNSUPPORTED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 415;
                    /** @enum {unknown} */
                    code?: "MEDIA_TYPE_UNSUPPORTED";
                };
            };
        };
        /** @description LEDGER_RESULT_INVALID: The peer answered what no contract answers. PEER_REFUSED: Another hospital refused what this one needs of it. */
        "Problem502-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ledger-result-invalid",
                 *       "title": "Refused",
                 *       "status": 502,
                 *       "detail": "The peer answered what no contract answers.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "LEDGER_RESULT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 502;
                    /** @enum {unknown} */
                    code?: "LEDGER_RESULT_INVALID" | "PEER_REFUSED";
                };
            };
        };
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-2": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:copy-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "No second hospital took a copy.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COPY_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. STATEMENT_UNKNOWN: The ledger has no such statement. */
        "Problem404-4": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "STATEMENT_UNKNOWN";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-4": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description TOKEN_AUDIENCE: The token is for another service. TOKEN_EXPIRED: The token's time is over. TOKEN_INVALID: The token is not of the hospital's provider, or damaged. TOKEN_MISSING: No token came with the request. */
        Problem401: {
            headers: {
                /** @description the scheme, and where tokens come from */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:token-audience",
                 *       "title": "Refused",
                 *       "status": 401,
                 *       "detail": "The token is for another service.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "TOKEN_AUDIENCE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "TOKEN_AUDIENCE" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_MISSING";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-5": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:change-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "No such change waits.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CHANGE_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DIRECTORY_CONFLICT: Another version of the directory came first. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DIRECTORY_CONFLICT" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. RECORD_ENDED: The record version was erased or withdrawn. */
        "Problem410-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-erased",
                 *       "title": "Refused",
                 *       "status": 410,
                 *       "detail": "This epoch of the compartment was erased.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_ERASED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_ERASED" | "RECORD_ENDED";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-3": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
        "Problem403-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-6": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:change-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "No such change waits.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CHANGE_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DIRECTORY_CONFLICT: Another version of the directory came first. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-4": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DIRECTORY_CONFLICT" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-5": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID";
                };
            };
        };
        /** @description GUARDIANS_TOO_FEW: Too few guardians signed. NOT_PERMITTED: This is not the caller's to see or do. */
        "Problem403-4": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:guardians-too-few",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "Too few guardians signed.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "GUARDIANS_TOO_FEW"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "GUARDIANS_TOO_FEW" | "NOT_PERMITTED";
                };
            };
        };
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-7": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:change-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "No such change waits.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CHANGE_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. DIRECTORY_CONFLICT: Another version of the directory came first. PATIENT_EXISTS: The patient is registered. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. */
        "Problem409-5": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "DIRECTORY_CONFLICT" | "PATIENT_EXISTS" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-6": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DIRECTORY_CONFLICT: Another version of the directory came first. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-6": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DIRECTORY_CONFLICT" | "KFRAG_MISSING" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. ESCROW_MISMATCH: Backup or shares are not those that the statement names. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-7": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "ESCROW_MISMATCH" | "REQUEST_INVALID";
                };
            };
        };
        /** @description GUARDIANS_TOO_FEW: Too few guardians signed. */
        "Problem403-5": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:guardians-too-few",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "Too few guardians signed.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "GUARDIANS_TOO_FEW"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "GUARDIANS_TOO_FEW";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. SHARE_UNKNOWN: This hospital keeps no such share. */
        "Problem404-8": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:backup-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "This hospital keeps no backup of that issue.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BACKUP_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "SHARE_UNKNOWN";
                };
            };
        };
        /** @description CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. FREEZE_CONFLICT: It is frozen, or not, already. GUARDIANS_CONFLICT: Another issue of guardians came first. RECOVERIES_TOO_MANY: Too many recoveries are under way. RECOVERY_OUTDATED: The recovery is of an issue that does not count any more. RECOVERY_PENDING: The recovery waits. RECOVERY_STOPPED: The patient or a hospital stopped the recovery. */
        "Problem409-7": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:change-pending",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "A change of keys waits.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CHANGE_PENDING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CHANGE_PENDING" | "CHANGE_STOPPED" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED";
                };
            };
        };
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-4": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:copy-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "No second hospital took a copy.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COPY_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. ESCROW_MISMATCH: Backup or shares are not those that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-8": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "ESCROW_MISMATCH" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
        "Problem403-6": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. SHARE_UNKNOWN: This hospital keeps no such share. */
        "Problem404-9": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:backup-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "This hospital keeps no backup of that issue.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BACKUP_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "SHARE_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. FREEZE_CONFLICT: It is frozen, or not, already. GUARDIANS_CONFLICT: Another issue of guardians came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECOVERIES_TOO_MANY: Too many recoveries are under way. RECOVERY_OUTDATED: The recovery is of an issue that does not count any more. RECOVERY_PENDING: The recovery waits. RECOVERY_STOPPED: The patient or a hospital stopped the recovery. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-8": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. ESCROW_MISMATCH: Backup or shares are not those that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-9": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "ESCROW_MISMATCH" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description SESSION_EXPIRED: The session was signed too long ago. SESSION_INVALID: The session is not signed by the patient's key, or for another request. SESSION_REPLAYED: The session was used before. TOKEN_INVALID: The token is not of the hospital's provider, or damaged. TOKEN_MISSING: No token came with the request. */
        "Problem401-2": {
            headers: {
                /** @description the scheme, and where tokens come from */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:session-expired",
                 *       "title": "Refused",
                 *       "status": 401,
                 *       "detail": "The session was signed too long ago.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "SESSION_EXPIRED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "SESSION_EXPIRED" | "SESSION_INVALID" | "SESSION_REPLAYED" | "TOKEN_INVALID" | "TOKEN_MISSING";
                };
            };
        };
        /** @description GUARDIANS_TOO_FEW: Too few guardians signed. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-7": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:guardians-too-few",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "Too few guardians signed.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "GUARDIANS_TOO_FEW"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "GUARDIANS_TOO_FEW" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. SHARE_UNKNOWN: This hospital keeps no such share. */
        "Problem404-10": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:backup-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "This hospital keeps no backup of that issue.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BACKUP_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "SHARE_UNKNOWN";
                };
            };
        };
        /** @description CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. FREEZE_CONFLICT: It is frozen, or not, already. GUARDIANS_CONFLICT: Another issue of guardians came first. PATIENT_SUCCEEDED: The patient id was handed over. RECOVERIES_TOO_MANY: Too many recoveries are under way. RECOVERY_OUTDATED: The recovery is of an issue that does not count any more. RECOVERY_PENDING: The recovery waits. RECOVERY_STOPPED: The patient or a hospital stopped the recovery. */
        "Problem409-9": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:change-pending",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "A change of keys waits.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CHANGE_PENDING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CHANGE_PENDING" | "CHANGE_STOPPED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "PATIENT_SUCCEEDED" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED";
                };
            };
        };
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-5": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:copy-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "No second hospital took a copy.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COPY_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. ESCROW_MISMATCH: Backup or shares are not those that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-10": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "ESCROW_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. SHARE_UNKNOWN: This hospital keeps no such share. */
        "Problem404-11": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:backup-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "This hospital keeps no backup of that issue.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BACKUP_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "SHARE_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. FREEZE_CONFLICT: It is frozen, or not, already. GUARDIANS_CONFLICT: Another issue of guardians came first. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECOVERIES_TOO_MANY: Too many recoveries are under way. RECOVERY_OUTDATED: The recovery is of an issue that does not count any more. RECOVERY_PENDING: The recovery waits. RECOVERY_STOPPED: The patient or a hospital stopped the recovery. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-10": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-8": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-12": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PRACTITIONER_EXISTS: The person is enrolled with other attributes. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-11": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "CONSENT_ENDED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PRACTITIONER_EXISTS" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-6": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PRACTITIONER_EXISTS: The person is enrolled with other attributes. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-12": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING" | "PRACTITIONER_EXISTS" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-9": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-13": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PRACTITIONER_EXISTS: The person is enrolled with other attributes. STATEMENT_REPLAYED: The ledger has this statement. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-13": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PRACTITIONER_EXISTS" | "STATEMENT_REPLAYED" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-14": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PRACTITIONER_EXISTS: The person is enrolled with other attributes. STATEMENT_REPLAYED: The ledger has this statement. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-14": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PRACTITIONER_EXISTS" | "STATEMENT_REPLAYED" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-7": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-11": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PRACTITIONER_EXISTS: The person is enrolled with other attributes. STATEMENT_REPLAYED: The ledger has this statement. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-15": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PRACTITIONER_EXISTS" | "STATEMENT_REPLAYED" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. PRACTITIONER_EXISTS: The person is enrolled with other attributes. SUSPENSION_CONFLICT: They are suspended already. */
        "Problem409-16": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another binding has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "PRACTITIONER_EXISTS" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-8": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. MEMBERSHIP_INVALID: The change breaks a rule. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-12": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "MEMBERSHIP_INVALID" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. ENVELOPE_UNKNOWN: There is no envelope for the caller. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-15": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "ENVELOPE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. MEMBERSHIP_CONFLICT: Another change of the department came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-17": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "KFRAG_MISSING" | "MEMBERSHIP_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. MEMBERSHIP_INVALID: The change breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-13": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "MEMBERSHIP_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. ENVELOPE_UNKNOWN: There is no envelope for the caller. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-16": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "ENVELOPE_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description MEMBERSHIP_CONFLICT: Another change of the department came first. */
        "Problem409-18": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:membership-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another change of the department came first.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "MEMBERSHIP_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "MEMBERSHIP_CONFLICT";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. ENVELOPE_UNKNOWN: There is no envelope for the caller. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-17": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "ENVELOPE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. MEMBERSHIP_CONFLICT: Another change of the department came first. */
        "Problem409-19": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING" | "MEMBERSHIP_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. MEMBERSHIP_INVALID: The change breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-14": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "MEMBERSHIP_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-15": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description SESSION_EXPIRED: The session was signed too long ago. SESSION_INVALID: The session is not signed by the patient's key, or for another request. SESSION_REPLAYED: The session was used before. TOKEN_AUDIENCE: The token is for another service. TOKEN_EXPIRED: The token's time is over. TOKEN_INVALID: The token is not of the hospital's provider, or damaged. TOKEN_MISSING: No token came with the request. */
        "Problem401-3": {
            headers: {
                /** @description the scheme, and where tokens come from */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:session-expired",
                 *       "title": "Refused",
                 *       "status": 401,
                 *       "detail": "The session was signed too long ago.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "SESSION_EXPIRED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "SESSION_EXPIRED" | "SESSION_INVALID" | "SESSION_REPLAYED" | "TOKEN_AUDIENCE" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_MISSING";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-10": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-18": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. INDEX_OUTDATED: The entry is for a former search key. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. */
        "Problem409-20": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "INDEX_OUTDATED" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT";
                };
            };
        };
        /** @description CONTENT_TOO_LARGE: The content is larger than this hospital takes. REQUEST_TOO_LARGE: The body is larger than the operation takes. */
        "Problem413-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-too-large",
                 *       "title": "Refused",
                 *       "status": 413,
                 *       "detail": "The content is larger than this hospital takes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_TOO_LARGE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "CONTENT_TOO_LARGE" | "REQUEST_TOO_LARGE";
                };
            };
        };
        /** @description QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-3": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:quota-exceeded",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "The caller asked for, or left here unnamed, as much as one may.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "QUOTA_EXCEEDED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "QUOTA_EXCEEDED" | "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-9": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. FEATURE_INACTIVE: The network has not switched on what this uses. ORDER_MISMATCH: It is not of this record. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-16": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "FEATURE_INACTIVE" | "ORDER_MISMATCH" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-19": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. INDEX_OUTDATED: The entry is for a former search key. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-21": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INDEX_OUTDATED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-10": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-17": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-11": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-18": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description PRECONDITION_FAILED: What the caller has is not what is stored. */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:precondition-failed",
                 *       "title": "Refused",
                 *       "status": 412,
                 *       "detail": "What the caller has is not what is stored.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "PRECONDITION_FAILED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 412;
                    /** @enum {unknown} */
                    code?: "PRECONDITION_FAILED";
                };
            };
        };
        /** @description RANGE_INVALID: The range lies beyond the content. */
        Problem416: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:range-invalid",
                 *       "title": "Refused",
                 *       "status": 416,
                 *       "detail": "The range lies beyond the content.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "RANGE_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 416;
                    /** @enum {unknown} */
                    code?: "RANGE_INVALID";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-12": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-11": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. INDEX_OUTDATED: The entry is for a former search key. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-22": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INDEX_OUTDATED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-13": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-20": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. INDEX_OUTDATED: The entry is for a former search key. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-23": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "INDEX_OUTDATED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. UPLOAD_UNKNOWN: No such upload of yours is under way here. */
        "Problem404-21": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "UPLOAD_UNKNOWN";
                };
            };
        };
        /** @description UPLOAD_CONFLICT: The upload is at another byte, or another request writes to it. */
        "Problem409-24": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:upload-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The upload is at another byte, or another request writes to it.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "UPLOAD_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "UPLOAD_CONFLICT";
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. UPLOAD_EXPIRED: The upload was not finished in time and is removed. */
        "Problem410-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-erased",
                 *       "title": "Refused",
                 *       "status": 410,
                 *       "detail": "This epoch of the compartment was erased.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_ERASED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_ERASED" | "UPLOAD_EXPIRED";
                };
            };
        };
        /** @description CONTENT_TOO_LARGE: The content is larger than this hospital takes. */
        "Problem413-3": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-too-large",
                 *       "title": "Refused",
                 *       "status": 413,
                 *       "detail": "The content is larger than this hospital takes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_TOO_LARGE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "CONTENT_TOO_LARGE";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. UPLOAD_UNKNOWN: No such upload of yours is under way here. */
        "Problem404-22": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "UPLOAD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. UPLOAD_CONFLICT: The upload is at another byte, or another request writes to it. */
        "Problem409-25": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "UPLOAD_CONFLICT";
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. RECORD_ENDED: The record version was erased or withdrawn. UPLOAD_EXPIRED: The upload was not finished in time and is removed. */
        "Problem410-4": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-erased",
                 *       "title": "Refused",
                 *       "status": 410,
                 *       "detail": "This epoch of the compartment was erased.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_ERASED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_ERASED" | "RECORD_ENDED" | "UPLOAD_EXPIRED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-19": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-14": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-20": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-12": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-23": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-26": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EVENT_NOT_PERMITTED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-15": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "A hospital that has the bytes does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-21": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. */
        "Problem403-13": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-24": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description EVENT_NOT_PERMITTED: The event is a denial. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-27": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:event-not-permitted",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The event is a denial.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "EVENT_NOT_PERMITTED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "EVENT_NOT_PERMITTED" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-16": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "A hospital that has the bytes does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-22": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-14": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-25": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-28": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-17": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-15": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-26": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-29": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-18": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-23": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-16": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-27": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-30": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-17": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-31": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:device-ended",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The device was ended.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "DEVICE_ENDED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EVENT_NOT_PERMITTED" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-19": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "A hospital that has the bytes does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-24": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
        "Problem403-18": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "EPOCH_ENDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-28": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-32": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "STATEMENT_REPLAYED" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-25": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. EPOCH_ENDED: A followed stream goes on for a newer key. */
        "Problem403-19": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "EPOCH_ENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEVICE_UNKNOWN: The patient has no such device. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-29": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEVICE_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-33": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The statement names bytes that were not stored.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-20": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "A hospital that has the bytes does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. CONTENT_MISMATCH: The bytes are not those that their name says. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-26": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "CONTENT_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-20": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "EPOCH_ENDED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-34": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The statement names bytes that were not stored.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-21": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:content-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "A hospital that has the bytes does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONTENT_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-21": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "EPOCH_ENDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-22": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-35": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-22": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-36": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "STATEMENT_REPLAYED" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-27": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description PEER_UNKNOWN: The caller's certificate is of no member's gateway. */
        "Problem401-4": {
            headers: {
                /** @description the scheme, and where tokens come from */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:peer-unknown",
                 *       "title": "Refused",
                 *       "status": 401,
                 *       "detail": "The caller's certificate is of no member's gateway.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "PEER_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "PEER_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-23": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. STATEMENT_UNKNOWN: The ledger has no such statement. */
        "Problem404-30": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "STATEMENT_UNKNOWN";
                };
            };
        };
        /** @description ANCHOR_CONFLICT: Another anchor has this number. BATCH_FINAL: The batch is anchored already. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. CUSTODY_MISSING: The hospital confirmed no custody. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-37": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another anchor has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "ANCHOR_CONFLICT" | "BATCH_FINAL" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "CUSTODY_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEGMENT_INCOMPLETE" | "STATEMENT_REPLAYED" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-23": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-28": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "FEATURE_INACTIVE" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-29": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-24": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:access-denied",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The ledger denied the request; the answer has the logged event.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCESS_DENIED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-38": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "STATEMENT_REPLAYED" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-24": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:ca-unavailable",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The hospital's certificate authority does not answer.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CA_UNAVAILABLE"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-30": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "FEATURE_INACTIVE" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-25": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. STATEMENT_UNKNOWN: The ledger has no such statement. */
        "Problem404-31": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "STATEMENT_UNKNOWN";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-31": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "NOTE_INVALID" | "POLICY_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-32": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. PATIENT_SUCCEEDED: The patient id was handed over. */
        "Problem409-39": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "NOTES_CONFLICT" | "PATIENT_SUCCEEDED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-25": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-32": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "NOTE_INVALID" | "POLICY_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-33": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-40": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "NOTES_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
        "Problem503-26": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-33": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "NOTE_INVALID" | "POLICY_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-34": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. */
        "Problem409-41": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING" | "NOTES_CONFLICT";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-27": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONSENT_INVALID: The consent breaks a rule. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PATIENT_ID_MISMATCH: The id is not that of the keys. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-34": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CONSENT_INVALID" | "CUSTODY_NOT_LISTED" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PATIENT_ID_MISMATCH" | "PROHIBITION_INVALID" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. */
        "Problem403-26": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-mismatch",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The keys are not those that the person bound.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROHIBITION_UNKNOWN: There is no such prohibition. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-35": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROHIBITION_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-42": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-35": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CUSTODY_NOT_LISTED" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PROHIBITION_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-27": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROHIBITION_UNKNOWN: There is no such prohibition. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-36": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROHIBITION_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. */
        "Problem409-43": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-36": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PROHIBITION_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-28": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:not-permitted",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "This is not the caller's to see or do.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "NOT_PERMITTED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. */
        "Problem409-44": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-outdated",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The consent is made of a former directory or key.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_OUTDATED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-28": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:format-unknown",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "The peer keeps what this gateway does not know.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "FORMAT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-29": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROHIBITION_UNKNOWN: There is no such prohibition. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-37": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROHIBITION_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. KFRAG_MISSING: This proxy has no key fragment of the consent. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. */
        "Problem409-45": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "KFRAG_MISSING" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description ACCUSATION_REFUSED: The answer convicts nobody. ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. PATIENT_REPEATED: A patient stands twice in a batch. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-37": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:accusation-refused",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "The answer convicts nobody.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCUSATION_REFUSED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ACCUSATION_REFUSED" | "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "PATIENT_REPEATED" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-38": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-46": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description DENIED_REPEATEDLY: The same request was denied again and again. EMERGENCY_LIMIT: Person or hospital opened as many emergencies as the policy lets. QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-4": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:denied-repeatedly",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "The same request was denied again and again.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "DENIED_REPEATEDLY"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "DENIED_REPEATEDLY" | "EMERGENCY_LIMIT" | "QUOTA_EXCEEDED" | "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description ACCUSATION_REFUSED: The answer convicts nobody. ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_REPEATED: A patient stands twice in a batch. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. */
        "Problem400-38": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:accusation-refused",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "The answer convicts nobody.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ACCUSATION_REFUSED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ACCUSATION_REFUSED" | "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "PATIENT_REPEATED" | "REQUEST_INVALID" | "STATEMENT_INVALID";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-47": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONSENT_INVALID: The consent breaks a rule. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-39": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CONSENT_INVALID" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-39": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-48": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description EMERGENCY_LIMIT: Person or hospital opened as many emergencies as the policy lets. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-5": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:emergency-limit",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "Person or hospital opened as many emergencies as the policy lets.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "EMERGENCY_LIMIT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "EMERGENCY_LIMIT" | "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. EMERGENCY_ALONE: A second person has to sign. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-40": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "EMERGENCY_ALONE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description STATEMENT_UNPROVEN: What the statement rests on could not be proven here. */
        "Problem403-30": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:statement-unproven",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "What the statement rests on could not be proven here.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "STATEMENT_UNPROVEN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "STATEMENT_UNPROVEN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-40": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. REVIEW_CONFLICT: It was reviewed. */
        "Problem409-49": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-outdated",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The consent is made of a former directory or key.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_OUTDATED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "REVIEW_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CURSOR_INVALID: The cursor is of another list, or none. EMERGENCY_ALONE: A second person has to sign. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-41": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CURSOR_INVALID" | "EMERGENCY_ALONE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-41": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. KFRAG_MISSING: This proxy has no key fragment of the consent. REVIEW_CONFLICT: It was reviewed. */
        "Problem409-50": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "KFRAG_MISSING" | "REVIEW_CONFLICT";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-42": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. */
        "Problem409-51": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "KFRAG_MISSING" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-31": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:attributes-changed",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The person is enrolled with other attributes than the token says.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ATTRIBUTES_CHANGED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
        "Problem404-43": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:consent-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such consent.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "CONSENT_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "CONSENT_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-52": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:binding-missing",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The person bound no keys.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "BINDING_MISSING"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. */
        "Problem400-42": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "REQUEST_INVALID" | "SIGNATURE_INVALID";
                };
            };
        };
        /** @description NOT_PERMITTED: This is not the caller's to see or do. */
        "Problem403-32": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:not-permitted",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "This is not the caller's to see or do.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "NOT_PERMITTED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "NOT_PERMITTED";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Problem404-44": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-unknown",
                 *       "title": "Refused",
                 *       "status": 404,
                 *       "detail": "The ledger has no such anchor.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_UNKNOWN"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN";
                };
            };
        };
        /** @description ANCHOR_CONFLICT: Another anchor has this number. BATCH_FINAL: The batch is anchored already. */
        "Problem409-53": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-conflict",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "Another anchor has this number.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_CONFLICT"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "ANCHOR_CONFLICT" | "BATCH_FINAL";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Problem503-29": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:anchor-mismatch",
                 *       "title": "Refused",
                 *       "status": 503,
                 *       "detail": "What is anchored is not what this gateway computes.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ANCHOR_MISMATCH"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "ANCHOR_MISMATCH" | "FORMAT_UNKNOWN" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. */
        "Problem400-43": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "CURSOR_INVALID" | "REQUEST_INVALID" | "SIGNATURE_INVALID";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
        "Problem400-44": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:argument-invalid",
                 *       "title": "Refused",
                 *       "status": 400,
                 *       "detail": "An argument of a transaction is not spelt as it must be.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "ARGUMENT_INVALID"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description PROPOSALS_TOO_MANY: Too many proposals wait. QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-6": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:proposals-too-many",
                 *       "title": "Refused",
                 *       "status": 429,
                 *       "detail": "Too many proposals wait.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "PROPOSALS_TOO_MANY"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "PROPOSALS_TOO_MANY" | "QUOTA_EXCEEDED" | "TOO_MANY_REQUESTS";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. REQUEST_INVALID: The request does not fit its description. */
        Outcome400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        Outcome404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description REQUEST_TIMEOUT: The request did not come in time. */
        Outcome408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. */
        Outcome410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        Outcome429: {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description REQUEST_INVALID: The request does not fit its description. */
        Outcome431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description INTERNAL: The gateway failed. */
        Outcome500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description LEDGER_RESULT_INVALID: The peer answered what no contract answers. */
        Outcome502: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        Outcome503: {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description STORAGE_FULL: The disk is full. */
        Outcome507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description SESSION_EXPIRED: The session was signed too long ago. SESSION_INVALID: The session is not signed by the patient's key, or for another request. SESSION_REPLAYED: The session was used before. TOKEN_AUDIENCE: The token is for another service. TOKEN_EXPIRED: The token's time is over. TOKEN_INVALID: The token is not of the hospital's provider, or damaged. TOKEN_MISSING: No token came with the request. */
        Outcome401: {
            headers: {
                /** @description the scheme, and where tokens come from */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        Outcome403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. */
        "Outcome404-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_SUCCEEDED: The patient id was handed over. */
        Outcome409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description COMPARTMENT_ERASED: This epoch of the compartment was erased. RECORD_ENDED: The record version was erased or withdrawn. */
        "Outcome410-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description LEDGER_RESULT_INVALID: The peer answered what no contract answers. PEER_REFUSED: Another hospital refused what this one needs of it. */
        "Outcome502-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Outcome503-2": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description PRECONDITION_FAILED: What the caller has is not what is stored. */
        Outcome412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description RANGE_INVALID: The range lies beyond the content. */
        Outcome416: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Outcome503-3": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. REQUEST_INVALID: The request does not fit its description. */
        "Outcome400-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CONTENT_TOO_LARGE: The content is larger than this hospital takes. REQUEST_TOO_LARGE: The body is larger than the operation takes. */
        Outcome413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description MEDIA_TYPE_UNSUPPORTED: The body has another media type than the description says. */
        Outcome415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Outcome429-2": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. */
        "Outcome503-4": {
            headers: {
                /** @description seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/fhir+json": {
                    /** @constant */
                    resourceType: "OperationOutcome";
                    issue: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "live";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The gateway can do its work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: "ready" | "not-ready";
                        checks: {
                            [key: string]: "ok" | "failing";
                        };
                        copies?: {
                            held: number;
                            short: number;
                            mended: number;
                            silent: number;
                            countedAt: number;
                        };
                        pins?: {
                            held: number;
                            pinned: number;
                            repinned: number;
                            restored: number;
                            lost: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            /** @description The gateway can do its work */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: "ready" | "not-ready";
                        checks: {
                            [key: string]: "ok" | "failing";
                        };
                        copies?: {
                            held: number;
                            short: number;
                            mended: number;
                            silent: number;
                            countedAt: number;
                        };
                        pins?: {
                            held: number;
                            pinned: number;
                            repinned: number;
                            restored: number;
                            lost: number;
                        };
                    };
                };
            };
            507: components["responses"]["Problem507"];
        };
    };
    getProtectedResource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which identity provider issues tokens for this gateway, and the scopes that it knows (RFC 9728) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description audience of the tokens */
                        resource: string;
                        /** @description the issuer */
                        authorization_servers: string[];
                        scopes_supported: string[];
                        bearer_methods_supported: "header"[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getNetwork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The network document in force, and whose gateway this is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        document: {
                            version: number;
                            networkId: string;
                            name: string;
                            inForceFrom: number;
                            members: {
                                mspId: string;
                                id: string;
                                name: string;
                                kind: "core" | "regional";
                                adminKeys: string[];
                            }[];
                            /** @enum {boolean} */
                            testing?: true;
                            settings: {
                                shareMinimum: number;
                                permitSeconds: number;
                                recoveryDelaySeconds: number;
                                identityDelaySeconds: number;
                            };
                            auditors: {
                                mspId: string;
                                issuer: string;
                                subject: string;
                                scope: "organization" | "consortium";
                            }[];
                            policyHash: string;
                            formats: {
                                format: number;
                                acceptedUntil?: number;
                            }[];
                            features: string[];
                            builds: {
                                name: string;
                                hash: string;
                            }[];
                            clearances?: {
                                mspId: string;
                                until: number;
                            }[];
                        };
                        documentHash: string;
                        organization: {
                            id: string;
                            mspId: string;
                            name: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-2"];
            404: components["responses"]["Problem404-2"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getNetworkVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was signed of a version of the network document, in force or approved: prove each by the one before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signed: {
                            document: {
                                version: number;
                                networkId: string;
                                name: string;
                                inForceFrom: number;
                                members: {
                                    mspId: string;
                                    id: string;
                                    name: string;
                                    kind: "core" | "regional";
                                    adminKeys: string[];
                                }[];
                                /** @enum {boolean} */
                                testing?: true;
                                settings: {
                                    shareMinimum: number;
                                    permitSeconds: number;
                                    recoveryDelaySeconds: number;
                                    identityDelaySeconds: number;
                                };
                                auditors: {
                                    mspId: string;
                                    issuer: string;
                                    subject: string;
                                    scope: "organization" | "consortium";
                                }[];
                                policyHash: string;
                                formats: {
                                    format: number;
                                    acceptedUntil?: number;
                                }[];
                                features: string[];
                                builds: {
                                    name: string;
                                    hash: string;
                                }[];
                                clearances?: {
                                    mspId: string;
                                    until: number;
                                }[];
                            };
                            founding: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                        } | {
                            proposal: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            approvals: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            }[];
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-2"];
            404: components["responses"]["Problem404-2"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    listNetworkProposals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What members propose as the next version of the network document, and who approved it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            documentHash: string;
                            proposal: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            approvals: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-2"];
            404: components["responses"]["Problem404-2"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    proposeNetwork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    policy?: {
                        version: number;
                        roles: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "structural" | "functional";
                            parents: string[];
                        }[];
                        organizations: ({
                            id: string;
                            /** @enum {string} */
                            kind: "core";
                            mspId: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "regional";
                            mspId: string;
                            parent: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "department";
                            department: string;
                            parent: string;
                        })[];
                        rules: {
                            id: string;
                            /** @enum {unknown} */
                            effect: "permit" | "forbid";
                            roles?: string[];
                            organizations?: string[];
                            departments?: string[];
                            actions?: ("read" | "search" | "follow")[];
                            purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                            levels?: ("N" | "R" | "V")[];
                            mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                            conditions?: ({
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                anyOf: string[];
                            } | {
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                noneOf: string[];
                            })[];
                        }[];
                        emergency: {
                            secondPractitioner: ("N" | "R" | "V")[];
                            secondRoles?: string[];
                            boxHours: number;
                            openingsPerDay: number;
                            openingsPerPerson: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Brings an admin's signed proposal of the next version to the ledger, with the policy that it names unless the ledger has that */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-3"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404-3"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-2"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                policyHash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A policy of the consortium, in force or proposed: its hash proves it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        roles: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "structural" | "functional";
                            parents: string[];
                        }[];
                        organizations: ({
                            id: string;
                            /** @enum {string} */
                            kind: "core";
                            mspId: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "regional";
                            mspId: string;
                            parent: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "department";
                            department: string;
                            parent: string;
                        })[];
                        rules: {
                            id: string;
                            /** @enum {unknown} */
                            effect: "permit" | "forbid";
                            roles?: string[];
                            organizations?: string[];
                            departments?: string[];
                            actions?: ("read" | "search" | "follow")[];
                            purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                            levels?: ("N" | "R" | "V")[];
                            mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                            conditions?: ({
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                anyOf: string[];
                            } | {
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                noneOf: string[];
                            })[];
                        }[];
                        emergency: {
                            secondPractitioner: ("N" | "R" | "V")[];
                            secondRoles?: string[];
                            boxHours: number;
                            openingsPerDay: number;
                            openingsPerPerson: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-2"];
            404: components["responses"]["Problem404-2"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    approveNetwork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Brings an admin's signed approval of a proposed version to the ledger; in force once more than half of the members approved */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-3"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404-3"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-2"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    listOrganizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Members of the consortium with the proxy keys and gateways on the ledger */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            mspId: string;
                            id: string;
                            name: string;
                            kind: "core" | "regional";
                            gatewayUrl?: string;
                            encryptionKey?: string;
                            signingKey?: string;
                            formerSigningKeys?: {
                                key: string;
                                until: number;
                            }[];
                            conviction?: {
                                eventId: string;
                                eventTime: number;
                                /** @enum {unknown} */
                                failure: "EVENT_DENIED" | "CONSENT_MISMATCH" | "RECEIVING_KEY_MISMATCH" | "KFRAG_NOT_LISTED" | "WRAP_NOT_REQUESTED" | "WRAP_BROKEN" | "CFRAG_MALFORMED" | "CFRAG_MISMATCH" | "CFRAG_PROOF_INVALID" | "HEADS_FALSE";
                                txId: string;
                                time: number;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-2"];
            404: components["responses"]["Problem404-2"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-2"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getStatementReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                statementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where a statement was accepted: shows through this hospital that another one committed it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        type: string;
                        txId: string;
                        time: number;
                        submittedBy: string;
                        reference?: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404-4"];
            408: components["responses"]["Problem408"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    registerPatient: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Publishes a new patient's first key directory, submitted by the registration desk */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-2"];
            404: components["responses"]["Problem404-5"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-3"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All versions of a patient's key directory, each signed: check them up to the patient id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        versions: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        pending?: {
                            directory: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            activeFrom: number;
                            stop?: {
                                statement: {
                                    id: string;
                                    statement: {
                                        body: string;
                                        signatures: {
                                            key: string;
                                            signature: string;
                                        }[];
                                    };
                                    txId: string;
                                    time: number;
                                    submittedBy: string;
                                };
                            } | {
                                inPerson: {
                                    mspId: string;
                                    staffId: string;
                                    txId: string;
                                    time: number;
                                };
                            };
                        };
                        succession?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        predecessors?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        representations?: {
                            representation: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            end?: {
                                statement: {
                                    id: string;
                                    statement: {
                                        body: string;
                                        signatures: {
                                            key: string;
                                            signature: string;
                                        }[];
                                    };
                                    txId: string;
                                    time: number;
                                    submittedBy: string;
                                };
                            } | {
                                inPerson: {
                                    mspId: string;
                                    staffId: string;
                                    txId: string;
                                    time: number;
                                };
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-5"];
            403: components["responses"]["Problem403-4"];
            404: components["responses"]["Problem404-7"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-5"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    updateDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Publishes a later version of a patient's key directory, which waits when it brings a new identity key; the statement authenticates itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            403: components["responses"]["Problem403-3"];
            404: components["responses"]["Problem404-6"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-4"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    activateDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Puts a directory version with a new identity key in force, once it has waited unstopped */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-6"];
            403: components["responses"]["Problem403-3"];
            404: components["responses"]["Problem404-6"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-4"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    succeedPatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Hands a patient id over to another one by a statement that both signed: its consents end, its records wait for the successor's rewraps */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        successor: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            403: components["responses"]["Problem403-3"];
            404: components["responses"]["Problem404-6"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-4"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    confirmRepresentation: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Confirms before the registration desk that somebody acts for the patient; patient and representative signed the statement */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-2"];
            404: components["responses"]["Problem404-5"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-3"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    endRepresentation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a representation by a statement of the patient or the representative */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            403: components["responses"]["Problem403-3"];
            404: components["responses"]["Problem404-6"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-4"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    endRepresentationInPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
                representationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ends a representation that this hospital's registration desk confirmed, submitted by it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        representationId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-6"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-2"];
            404: components["responses"]["Problem404-5"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-6"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A patient's guardians, freeze, recoveries and representatives, each signed: check them up to the patient id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        guardians?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        freeze?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        recoveries: {
                            request: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            availableFrom: number;
                            stop?: {
                                statement: {
                                    id: string;
                                    statement: {
                                        body: string;
                                        signatures: {
                                            key: string;
                                            signature: string;
                                        }[];
                                    };
                                    txId: string;
                                    time: number;
                                    submittedBy: string;
                                };
                            } | {
                                inPerson: {
                                    mspId: string;
                                    staffId: string;
                                    txId: string;
                                    time: number;
                                };
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-7"];
            403: components["responses"]["Problem403-5"];
            404: components["responses"]["Problem404-8"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-7"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-4"];
            507: components["responses"]["Problem507"];
        };
    };
    publishGuardians: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    escrow: {
                        backup: string;
                        shares: string[];
                    };
                };
            };
        };
        responses: {
            /** @description Keeps a patient's encrypted backup and the guardians' sealed shares, and brings the signed statement to the ledger; send it to every hospital */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        issue: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-8"];
            403: components["responses"]["Problem403-6"];
            404: components["responses"]["Problem404-9"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-8"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    depositEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    escrow: {
                        backup: string;
                        shares: string[];
                    };
                };
            };
        };
        responses: {
            /** @description Keeps backup and sealed shares of the next issue before the ledger has its statement, so that a majority keeps them when it counts; the issue in force stays as it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        issue: number;
                        statementId: string;
                    };
                };
            };
            400: components["responses"]["Problem400-9"];
            403: components["responses"]["Problem403-5"];
            404: components["responses"]["Problem404-8"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-7"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-4"];
            507: components["responses"]["Problem507"];
        };
    };
    getEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that this hospital keeps for a recovery, exactly as it lies there, for the patient alone to compare with the statement; null where nothing lies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        issue: number;
                        backup: string | null;
                        shares: (string | null)[];
                    };
                };
            };
            400: components["responses"]["Problem400-7"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-7"];
            404: components["responses"]["Problem404-10"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-9"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-5"];
            507: components["responses"]["Problem507"];
        };
    };
    getGuardianShare: {
        parameters: {
            query?: {
                issue?: number;
            };
            header?: never;
            path: {
                patientId: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One guardian's share, sealed to that guardian's own key; `issue` refuses an issue that was replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issue: number;
                        sealed: string;
                    };
                };
            };
            400: components["responses"]["Problem400-7"];
            403: components["responses"]["Problem403-5"];
            404: components["responses"]["Problem404-8"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-7"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-4"];
            507: components["responses"]["Problem507"];
        };
    };
    freezePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Freezes a patient by the patient's or the guardians' signed statement; `freezeId` is the freeze in force afterwards */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        freezeId: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-8"];
            403: components["responses"]["Problem403-6"];
            404: components["responses"]["Problem404-9"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-8"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    unfreezePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends the freeze in force by the guardians' signed statement, or the patient's who made it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-8"];
            403: components["responses"]["Problem403-6"];
            404: components["responses"]["Problem404-9"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-8"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    requestRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Brings the guardians' signed request for the backup to the ledger, where it waits in public; the statement authenticates itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requestId: string;
                        availableFrom: number;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-8"];
            403: components["responses"]["Problem403-6"];
            404: components["responses"]["Problem404-9"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-8"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    stopRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Stops a recovery or a change of the identity key, also one not yet seen; the statement authenticates itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        target: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-8"];
            403: components["responses"]["Problem403-6"];
            404: components["responses"]["Problem404-9"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-8"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    stopRecoveryInPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stops a recovery for a patient who appeared in person, submitted by the registration desk */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        target: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-10"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-2"];
            404: components["responses"]["Problem404-11"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-10"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup of a recovery that has waited unstopped, sealed to the key in the guardians' request; before, 409 with `availableFrom` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issue: number;
                        backup: string;
                    };
                };
            };
            400: components["responses"]["Problem400-7"];
            403: components["responses"]["Problem403-5"];
            404: components["responses"]["Problem404-8"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-7"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-4"];
            507: components["responses"]["Problem507"];
        };
    };
    enrolPractitioner: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: string;
                    role: string;
                    department?: string;
                };
            };
        };
        responses: {
            /** @description Enrols a member of staff with the hospital's CA under an opaque id */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        role: string;
                        department?: string;
                        certificateNotAfter: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-12"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-11"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    getSelf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who the token's subject is on the ledger */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subject: string;
                        mspId: string;
                        staffId: string;
                        role: string;
                        department?: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-12"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-12"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    bindKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Binds the caller's request-signing and receiving key, in a transaction under the caller's own certificate */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-13"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-13"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    suspendSelf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mspId: string;
                staffId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a person, a certificate or a key by the person's own signed statement, for good; the statement authenticates itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-4"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404-14"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-14"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-7"];
            507: components["responses"]["Problem507"];
        };
    };
    suspendStaff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mspId: string;
                staffId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    target: {
                        /** @enum {string} */
                        kind: "person";
                    } | {
                        /** @enum {string} */
                        kind: "certificate";
                        serial: string;
                    } | {
                        /** @enum {string} */
                        kind: "key";
                        key: string;
                    };
                    /** @enum {unknown} */
                    cause: "left" | "lost" | "compromised" | "error";
                };
            };
        };
        responses: {
            /** @description Ends a member of the hospital's own staff, a certificate or a key of theirs, for good */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        target: {
                            /** @enum {string} */
                            kind: "person";
                        } | {
                            /** @enum {string} */
                            kind: "certificate";
                            serial: string;
                        } | {
                            /** @enum {string} */
                            kind: "key";
                            key: string;
                        };
                        /** @enum {unknown} */
                        cause: "left" | "lost" | "compromised" | "error";
                        time: number;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-11"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-13"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-15"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getBinding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mspId: string;
                staffId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All key bindings of a member of staff, each signed with the keys it binds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        versions: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        suspensions?: {
                            mspId: string;
                            staffId: string;
                            target: {
                                /** @enum {string} */
                                kind: "person";
                            } | {
                                /** @enum {string} */
                                kind: "certificate";
                                serial: string;
                            } | {
                                /** @enum {string} */
                                kind: "key";
                                key: string;
                            };
                            /** @enum {unknown} */
                            cause: "left" | "lost" | "compromised" | "error";
                            txId: string;
                            time: number;
                            by: {
                                statement: {
                                    id: string;
                                    statement: {
                                        body: string;
                                        signatures: {
                                            key: string;
                                            signature: string;
                                        }[];
                                    };
                                    txId: string;
                                    time: number;
                                    submittedBy: string;
                                };
                            } | {
                                registrar: string;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-16"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-8"];
            507: components["responses"]["Problem507"];
        };
    };
    foundDepartment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    envelopes: {
                        staffId: string;
                        sealed: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Puts a department of this hospital in place that one of its members signed: the first time, or when no member is left */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        department: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-12"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-15"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-17"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    changeDepartment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    envelopes: {
                        staffId: string;
                        sealed: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Changes the members of the caller's department, with a new key whenever one leaves, under the caller's own certificate */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        department: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-12"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-15"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-17"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getDepartment: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                mspId: string;
                department: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A department at one version, by default its newest, signed by one of its members */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        membership: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        signer: string;
                        keyVersion: number;
                        registrar?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-13"];
            404: components["responses"]["Problem404-16"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-18"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getEnvelope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The present key of a department of this hospital, sealed to the caller's envelope key, and the former ones as they were sealed to them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        sealed: string;
                        former: string[];
                    };
                };
            };
            400: components["responses"]["Problem400-13"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-17"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-19"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    listConsentsForDepartment: {
        parameters: {
            query?: {
                patientId?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Consents granted to the department as of which the caller is certified, for its present members */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            consent: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            revocation?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            custody: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            destructions: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                            ending: boolean;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-14"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-17"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-19"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    storeContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Stores sealed content under its CID; durable when answered, and harmless to repeat */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cid: string;
                        contentHash: string;
                        sizeBytes: number;
                    };
                };
            };
            400: components["responses"]["Problem400-15"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413-2"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-9"];
            507: components["responses"]["Problem507"];
        };
    };
    registerRecord: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    wrap: string;
                    entry?: string;
                };
            };
        };
        responses: {
            /** @description Registers a sealed record that was stored before, and copies it to one more hospital */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordId: string;
                        version: number;
                        manifestId: string;
                        txId: string;
                        blockNumber: number;
                        copies: string[];
                    };
                };
            };
            400: components["responses"]["Problem400-16"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-10"];
            507: components["responses"]["Problem507"];
        };
    };
    listRecords: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Record versions of a patient, as far as the caller may see them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            recordId: string;
                            version: number;
                            level: "N" | "R" | "V";
                            manifest: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            rewrap?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            end?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-17"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-11"];
            507: components["responses"]["Problem507"];
        };
    };
    getRecord: {
        parameters: {
            query?: {
                version?: number;
                event?: string;
            };
            header?: never;
            path: {
                recordId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed manifest of a record version with its newest rewrap, by default of the newest version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordId: string;
                        version: number;
                        level: "N" | "R" | "V";
                        manifest: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        rewrap?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        end?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-11"];
            507: components["responses"]["Problem507"];
        };
    };
    getWrap: {
        parameters: {
            query?: {
                event?: string;
            };
            header?: never;
            path: {
                recordId: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wrap of a record version: for its patient, or under a live permit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        wrap: string;
                    };
                };
            };
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-11"];
            507: components["responses"]["Problem507"];
        };
    };
    getContent: {
        parameters: {
            query?: {
                event?: string;
            };
            header?: never;
            path: {
                recordId: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ciphertext */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description part of the ciphertext */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description not modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-12"];
            507: components["responses"]["Problem507"];
        };
    };
    rewrapRecord: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                recordId: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    wrap: string;
                    entry?: string;
                };
            };
        };
        responses: {
            /** @description Replaces the wrap of a record version by its patient's signed rewrap, or their successor's; the content stays, the former wrap is deleted */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordId: string;
                        version: number;
                        rewrapId: string;
                        wrapHash: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-16"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-22"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-13"];
            507: components["responses"]["Problem507"];
        };
    };
    eraseRecords: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends record versions by their patient's signed erasure: every hospital destroys wraps and ciphertext and says so on the ledger */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orderId: string;
                        versions: {
                            recordId: string;
                            version: number;
                        }[];
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-16"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404-20"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-23"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-13"];
            507: components["responses"]["Problem507"];
        };
    };
    withdrawRecord: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a record version that its author should never have written; it is destroyed like an erased one */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orderId: string;
                        versions: {
                            recordId: string;
                            version: number;
                        }[];
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-16"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-10"];
            507: components["responses"]["Problem507"];
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An erasure or withdrawal, and what each hospital has signed that it destroyed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        order: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        versions: {
                            recordId: string;
                            version: number;
                            wrapHash: string;
                            segment?: {
                                stream: string;
                                first: number;
                                last: number;
                                root: string;
                                wrapsRoot?: string;
                            };
                        }[];
                        destructions: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-11"];
            507: components["responses"]["Problem507"];
        };
    };
    getOrderAnchors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What proves that an order, and then each destruction that it lists, is in the anchored log, as for an access event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description base64 */
                            envelope?: string;
                            /** @description in place of the envelope where the transaction carries events of several patients: this one, and hashes of the others */
                            item?: {
                                event: {
                                    [key: string]: unknown;
                                };
                                envelopeHash: string;
                                channel: string;
                                chaincode: string;
                                index: number;
                                count: number;
                                salt: string;
                                path: string[];
                                root: string;
                            };
                            transaction: {
                                blockNumber: number;
                                index: number;
                                code: number;
                                txPath: string[];
                            };
                            block: {
                                number: number;
                                /** @description empty for block 0 */
                                previousHash: string;
                                dataHash: string;
                                commitHash: string;
                                txRoot: string;
                                txCount: number;
                                batchPath: string[];
                            };
                            batch?: {
                                number: number;
                                firstBlock: number;
                                lastBlock: number;
                                root: string;
                            };
                            witnesses?: string[];
                            signatures?: {
                                witness: string;
                                signature: string;
                            }[];
                            chain?: {
                                name: string;
                                chainId: number;
                                contract: string;
                                transactionHash?: string;
                                blockNumber?: number;
                                blockHash?: string;
                            };
                            state: "pending" | "submitted" | "included" | "final";
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-11"];
            507: components["responses"]["Problem507"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description begun: Location, Upload-Expires */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-25"];
            410: components["responses"]["Problem410-4"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-3"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    getUploadOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description said in the headers */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404-21"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-24"];
            410: components["responses"]["Problem410-3"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-3"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as JSON; of a finished upload what was stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        uploadId: string;
                        offset: number;
                        length: number;
                        expiresAt: number;
                        content?: {
                            cid: string;
                            contentHash: string;
                            sizeBytes: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-25"];
            410: components["responses"]["Problem410-4"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-3"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    endUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-25"];
            410: components["responses"]["Problem410-4"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-3"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    appendToUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description taken: Upload-Offset */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-25"];
            410: components["responses"]["Problem410-4"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-2"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-14"];
            507: components["responses"]["Problem507"];
        };
    };
    publishSearchKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    wraps: string[];
                };
            };
        };
        responses: {
            /** @description Publishes issues of a patient's search keys, and keeps the wraps of their secrets here and at one more hospital */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                        copies: string[];
                    };
                };
            };
            400: components["responses"]["Problem400-20"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-12"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-26"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-15"];
            507: components["responses"]["Problem507"];
        };
    };
    listSearchKeys: {
        parameters: {
            query?: {
                label?: string;
                epoch?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest search key of each of a patient's compartments and epochs, or all issues of one, with the statements that published them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            label: string;
                            epoch: number;
                            issue: number;
                            statementId: string;
                        }[];
                        statements: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-21"];
            403: components["responses"]["Problem403-13"];
            404: components["responses"]["Problem404-24"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-27"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-16"];
            507: components["responses"]["Problem507"];
        };
    };
    collectSearchAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asks every proxy of a permitted search's consent and passes their signed answers on: cfrags of the search wraps, and the chains of each compartment before the permit's block */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blockNumber: number;
                        answers: {
                            mspId: string;
                            answer: {
                                body: {
                                    eventId: string;
                                    wrapHashes: string[];
                                    consentId: string;
                                    kfragId: string;
                                    receivingKey: string;
                                    cfrags: string;
                                    heads?: {
                                        label: string;
                                        writers: number;
                                        root: string;
                                    };
                                };
                                signature: string;
                            };
                        }[];
                        searchWraps: {
                            label: string;
                            epoch: number;
                            wrap: string;
                        }[];
                        /** @description compartments for which no proxy was asked, as their search wraps were not found */
                        missing: {
                            label: string;
                            epoch: number;
                            code: string;
                            detail: string;
                        }[];
                        failures: {
                            mspId: string;
                            code: string;
                            detail: string;
                            /** @description the rule that the ledger's state breaks, by what that proxy found */
                            rule?: string;
                            /** @description for which it gave nothing, or nothing right; absent: for none that was asked */
                            compartments?: {
                                label: string;
                                epoch: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-22"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-25"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-28"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
            507: components["responses"]["Problem507"];
        };
    };
    listChainHeadsOfProxy: {
        parameters: {
            query: {
                label: string;
                mspId: string;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chains of a searched compartment as one proxy says that they were before the permit's block: to see which one it tells otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blockNumber: number;
                        /** @description by writer, ascending */
                        heads: {
                            writer: string;
                            count: number;
                            digest: string;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-21"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-26"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-29"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-18"];
            507: components["responses"]["Problem507"];
        };
    };
    listIndexLinks: {
        parameters: {
            query: {
                label: string;
                event?: string;
                after?: string;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The index of one compartment, whole and in the ledger's order: links of all writers with their sealed entries, after a position where one is given */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: ({
                            at: string;
                            writer: string;
                            number: number;
                            link: {
                                /** @enum {string} */
                                kind: "in";
                                recordId: string;
                                version: number;
                                statementId: string;
                                entryHash: string;
                                indexKey: string;
                                epoch: number;
                                issue: number;
                                truncated: boolean;
                            } | {
                                /** @enum {string} */
                                kind: "out";
                                recordId: string;
                                version: number;
                                statementId: string;
                            };
                            statement?: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            entry?: string;
                            ended?: string;
                            lost?: boolean;
                        } | {
                            at: string;
                            end: {
                                recordId: string;
                                version: number;
                                orderId: string;
                            };
                        })[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-23"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-16"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-30"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-18"];
            507: components["responses"]["Problem507"];
        };
    };
    listChainHeads: {
        parameters: {
            query: {
                label: string;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chains of one compartment as far as this gateway has read its own peer, for a patient who asks two */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blockNumber: number;
                        /** @description by writer, ascending */
                        heads: {
                            writer: string;
                            count: number;
                            digest: string;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-21"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-17"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-31"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-19"];
            507: components["responses"]["Problem507"];
        };
    };
    addDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Introduces a device by a statement that the patient and the device's own key signed */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deviceId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-24"];
            403: components["responses"]["Problem403-18"];
            404: components["responses"]["Problem404-28"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-32"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-15"];
            507: components["responses"]["Problem507"];
        };
    };
    endDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a device at once, by the patient's signature or the device's own */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deviceId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-24"];
            403: components["responses"]["Problem403-18"];
            404: components["responses"]["Problem404-28"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-32"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-15"];
            507: components["responses"]["Problem507"];
        };
    };
    listDevices: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A patient's devices, with the ends of those that ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            device: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            end?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-25"];
            403: components["responses"]["Problem403-19"];
            404: components["responses"]["Problem404-29"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-33"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-20"];
            507: components["responses"]["Problem507"];
        };
    };
    getDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One device of a patient, by which its segments are judged */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        end?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-26"];
            403: components["responses"]["Problem403-19"];
            404: components["responses"]["Problem404-29"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-33"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503-20"];
            507: components["responses"]["Problem507"];
        };
    };
    listStoredWindows: {
        parameters: {
            query?: {
                /** @description windows with a higher number */
                after?: number;
            };
            header?: never;
            path: {
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Windows that lie here and in no segment yet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        grade: "stored" | "on-ledger";
                        items: {
                            number: number;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            wrap: string;
                            ciphertext: string;
                            path?: string[];
                            wrapPath?: string[];
                        }[];
                        next?: number;
                    };
                };
            };
            400: components["responses"]["Problem400-26"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-20"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-34"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-21"];
            507: components["responses"]["Problem507"];
        };
    };
    putWindows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    windows: {
                        statement: {
                            body: string;
                            signatures: {
                                key: string;
                                signature: string;
                            }[];
                        };
                        wrap: string;
                        ciphertext: string;
                    }[];
                    /** @description true: the device has no window between the last that this gateway has and these */
                    gap?: boolean;
                };
            };
        };
        responses: {
            /** @description Takes windows of a stream, in order, and copies them to a second hospital; harmless to repeat */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        grade: "stored";
                        receipts: {
                            mspId: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                        }[];
                        numbers: number[];
                        time: number;
                    };
                };
            };
            400: components["responses"]["Problem400-26"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-20"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-34"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-21"];
            507: components["responses"]["Problem507"];
        };
    };
    closeSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Registers a segment of windows that this gateway has, together with segments of other devices; answered when it is on the ledger */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        grade: "on-ledger";
                        recordId: string;
                        version: number;
                        manifestId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-24"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-21"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-32"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-15"];
            507: components["responses"]["Problem507"];
        };
    };
    getStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                stream: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far a stream is on the ledger, and how far beyond that windows lie here */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stream: string;
                        head?: {
                            /** @enum {string} */
                            grade: "on-ledger";
                            version: number;
                            manifestId: string;
                            first: number;
                            last: number;
                            root: string;
                            ended: boolean;
                        };
                        stored?: {
                            /** @enum {string} */
                            grade: "stored";
                            last: number;
                            windowId: string;
                            count: number;
                        };
                        expected: number;
                        time: number;
                    };
                };
            };
            400: components["responses"]["Problem400-26"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-20"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-34"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-21"];
            507: components["responses"]["Problem507"];
        };
    };
    listSegmentWindows: {
        parameters: {
            query?: {
                event?: string;
                /** @description windows with a higher number */
                after?: number;
                /** @description for whoever takes the whole segment, and needs no way of each window to its root */
                paths?: "none";
            };
            header?: never;
            path: {
                recordId: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The windows of a segment, in order: for its patient, or under a live permit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        grade: "stored" | "on-ledger";
                        items: {
                            number: number;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            wrap: string;
                            ciphertext: string;
                            path?: string[];
                            wrapPath?: string[];
                        }[];
                        next?: number;
                    };
                };
            };
            400: components["responses"]["Problem400-26"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-22"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-35"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-22"];
            507: components["responses"]["Problem507"];
        };
    };
    rewrapSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                recordId: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    wraps: string[];
                };
            };
        };
        responses: {
            /** @description Replaces the wraps of all windows of a segment by its patient's signed rewrap, or their successor's */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordId: string;
                        version: number;
                        rewrapId: string;
                        root: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-24"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-21"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-36"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-15"];
            507: components["responses"]["Problem507"];
        };
    };
    collectWindowAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    windows: {
                        recordId: string;
                        version: number;
                        first: number;
                        texts: string[];
                        wraps: string[];
                        path: string[];
                        wrapPath?: string[];
                    }[];
                    /** @description hospitals whose proxies are not asked: their answers are here already, or were false */
                    without?: string[];
                };
            };
        };
        responses: {
            /** @description Asks as many proxies of a permit's consent as it needs, drawn by lot, to re-encrypt windows of its segments, 256 at most, and passes their signed answers on: one batch for each compartment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answers: {
                            mspId: string;
                            answer: {
                                body: {
                                    eventId: string;
                                    wrapHashes: string[];
                                    consentId: string;
                                    kfragId: string;
                                    receivingKey: string;
                                    cfrags: string;
                                    heads?: {
                                        label: string;
                                        writers: number;
                                        root: string;
                                    };
                                };
                                signature: string;
                            };
                        }[];
                        failures: {
                            mspId: string;
                            code: string;
                            detail: string;
                            /** @description the rule that the ledger's state breaks, by what that proxy found */
                            rule?: string;
                            /** @description for which it gave nothing, or nothing right; absent: for none that was asked */
                            windows?: {
                                recordId?: string;
                                version?: number;
                                number: number;
                                code: string;
                                detail: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-29"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-24"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-38"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
            507: components["responses"]["Problem507"];
        };
    };
    followStream: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description text/event-stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            400: components["responses"]["Problem400-29"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-24"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-38"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-24"];
            507: components["responses"]["Problem507"];
        };
    };
    listAccessEvents: {
        parameters: {
            query?: {
                patientId?: string;
                mspId?: string;
                staffId?: string;
                decision?: "permit" | "deny";
                purpose?: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                /** @description `other`: only where a record comes from another organisation than the requester's; `own`: only where none does */
                origin?: "other" | "own";
                writtenAt?: string;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                from?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                to?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The access log, newest first: an auditor's scope, a patient's own record, or a practitioner's own requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            eventId: string;
                            txId: string;
                            time: number;
                            patientId: string;
                            actor: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                            };
                            action: "read" | "search" | "follow";
                            /** @enum {unknown} */
                            purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                            emergency?: {
                                opening?: string;
                                second?: string;
                                /** @enum {unknown} */
                                reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                                secondRole?: string;
                                openUntil?: number;
                                reviewBy?: number;
                            };
                            records: {
                                recordId: string;
                                version: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                mediaClass: "document" | "image" | "signal" | "structured";
                                sizeClass: number;
                                wrapHash?: string;
                                segment?: {
                                    stream: string;
                                    first: number;
                                    last: number;
                                    root: string;
                                    wrapsRoot?: string;
                                };
                                origin: string;
                            }[];
                            streams?: {
                                stream: string;
                                version: number;
                                last: number;
                            }[];
                            compartments?: {
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                issue: number;
                                wrapHash: string;
                                heads?: {
                                    writers: number;
                                    root: string;
                                };
                            }[];
                            stream?: {
                                stream: string;
                                head: number;
                                version: number;
                                lastsMs: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                deviceId: string;
                            };
                            consentId?: string;
                            requestId: string;
                            receivingKey: string;
                            decision: "permit" | "deny";
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            policyVersion: string;
                            decider: number;
                            expiresAt?: number;
                            blockNumber: number;
                            /** @description of a denial: how often the same was asked again and refused unsubmitted, as far as noted */
                            repeats?: number;
                        }[];
                        next?: string;
                        silent?: {
                            mspId: string;
                            since?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    listLogReadings: {
        parameters: {
            query?: {
                patientId?: string;
                mspId?: string;
                staffId?: string;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                from?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                to?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who read the access log, newest first: an auditor's scope, of a patient's own events, or a practitioner's own readings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            readingId: string;
                            mspId: string;
                            as: "auditor" | "staff" | "patient" | "representative" | "program";
                            reader: string;
                            from: number;
                            to: number;
                            reads: number;
                            /** @enum {boolean} */
                            more?: true;
                            exported?: string;
                            patients?: string[];
                            time: number;
                            txId: string;
                            blockNumber: number;
                        }[];
                        next?: string;
                        silent?: {
                            mspId: string;
                            since?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    attestLogExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    query: {
                        patientId?: string;
                        mspId?: string;
                        staffId?: string;
                        /** @enum {unknown} */
                        decision?: "permit" | "deny";
                        /** @enum {unknown} */
                        purpose?: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                        /**
                         * @description `other`: only where a record comes from another organisation than the requester's; `own`: only where none does
                         * @enum {unknown}
                         */
                        origin?: "other" | "own";
                        writtenAt?: string;
                        /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                        from?: number;
                        /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                        to?: number;
                    };
                    /** @enum {unknown} */
                    format: "json" | "ndjson" | "csv" | "pdf" | "fhir" | "ch-atc";
                    fileHash: string;
                    sizeBytes: number;
                    throughBlock?: number;
                };
            };
        };
        responses: {
            /** @description Notes that the caller takes a file of the access log away, and signs what this hospital itself finds for its query */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statement: {
                            body: string;
                            signatures: {
                                key: string;
                                signature: string;
                            }[];
                        };
                        /** @description base64: the transaction, signed by the organisation's admin, that registered the key which signed the statement */
                        registration?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-32"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-33"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-26"];
            507: components["responses"]["Problem507"];
        };
    };
    getAccessEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An access event from the ledger itself, with the signed request, the receipts of proxies and accusations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        event: {
                            eventId: string;
                            txId: string;
                            time: number;
                            patientId: string;
                            actor: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                            };
                            action: "read" | "search" | "follow";
                            /** @enum {unknown} */
                            purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                            emergency?: {
                                opening?: string;
                                second?: string;
                                /** @enum {unknown} */
                                reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                                secondRole?: string;
                                openUntil?: number;
                                reviewBy?: number;
                            };
                            records: {
                                recordId: string;
                                version: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                mediaClass: "document" | "image" | "signal" | "structured";
                                sizeClass: number;
                                wrapHash?: string;
                                segment?: {
                                    stream: string;
                                    first: number;
                                    last: number;
                                    root: string;
                                    wrapsRoot?: string;
                                };
                                origin: string;
                            }[];
                            streams?: {
                                stream: string;
                                version: number;
                                last: number;
                            }[];
                            compartments?: {
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                issue: number;
                                wrapHash: string;
                                heads?: {
                                    writers: number;
                                    root: string;
                                };
                            }[];
                            stream?: {
                                stream: string;
                                head: number;
                                version: number;
                                lastsMs: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                deviceId: string;
                            };
                            consentId?: string;
                            requestId: string;
                            receivingKey: string;
                            decision: "permit" | "deny";
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            policyVersion: string;
                            decider: number;
                            expiresAt?: number;
                        };
                        request: {
                            body: string;
                            signatures: {
                                key: string;
                                signature: string;
                            }[];
                        };
                        releases: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        accusations: {
                            eventId: string;
                            mspId: string;
                            answer: {
                                body: {
                                    eventId: string;
                                    wrapHashes: string[];
                                    consentId: string;
                                    kfragId: string;
                                    receivingKey: string;
                                    cfrags: string;
                                    heads?: {
                                        label: string;
                                        writers: number;
                                        root: string;
                                    };
                                };
                                signature: string;
                            };
                            wraps: {
                                place: string;
                                capsule: string;
                                ciphertextHash: string;
                            }[];
                            /** @enum {unknown} */
                            failure: "EVENT_DENIED" | "CONSENT_MISMATCH" | "RECEIVING_KEY_MISMATCH" | "KFRAG_NOT_LISTED" | "WRAP_NOT_REQUESTED" | "WRAP_BROKEN" | "CFRAG_MALFORMED" | "CFRAG_MISMATCH" | "CFRAG_PROOF_INVALID" | "HEADS_FALSE";
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    explainAccessEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why an access event was permitted or denied, on what the ledger held then: rules, facts, what was lacking, and what can be judged as of now alone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                        patientId: string;
                        blockNumber: number;
                        recorded: {
                            decision: "permit" | "deny";
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            policyVersion: string;
                            decider: number;
                        };
                        explanation: {
                            /** @enum {unknown} */
                            decision: "permit" | "deny";
                            policyVersion: string;
                            time: number;
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            request: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                                action: string;
                                purpose: string;
                                records: {
                                    recordId: string;
                                    version: number;
                                    level: "N" | "R" | "V";
                                    mediaClass: "document" | "image" | "signal" | "structured";
                                    label: string;
                                }[];
                                compartments?: {
                                    label: string;
                                    epoch: number;
                                    level: "N" | "R" | "V";
                                }[];
                            };
                            policy: {
                                decided: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                                undecided: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                                nearly: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                            };
                            consent?: {
                                consentId: string;
                                status: string;
                                actions: string[];
                                purposes: string[];
                                notBefore: number;
                                notAfter: number;
                                levels?: ("N" | "R" | "V")[];
                                dataPeriod?: {
                                    from: number;
                                    until: number;
                                };
                                exceptions?: {
                                    actions?: ("read" | "search" | "follow")[];
                                    purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                                    requesters?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    authors?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    records?: string[];
                                    mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                                    levels?: ("N" | "R" | "V")[];
                                    dataPeriod?: {
                                        from: number;
                                        until: number;
                                    };
                                }[];
                            };
                        };
                        agrees: boolean;
                        policyHash: string;
                        consentId?: string;
                        assumed: {
                            /** @enum {unknown} */
                            fact: "freeze" | "prohibitions" | "compartment" | "emergencies";
                            /** @enum {unknown} */
                            from: "now" | "event" | "manifest";
                            detail: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    explainAccessRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    patientId: string;
                    requester: {
                        mspId: string;
                        staffId: string;
                    };
                    /** @enum {unknown} */
                    purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH";
                    consentId?: string;
                    records?: {
                        recordId: string;
                        version?: number;
                    }[];
                    compartments?: {
                        label: string;
                        epoch: number;
                    }[];
                    certificate?: {
                        role?: string;
                        department?: string;
                    };
                };
            };
        };
        responses: {
            /** @description What would be decided of a request that nobody made, if it came now, and why: to read records, or to search compartments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        blockNumber: number;
                        explanation: {
                            /** @enum {unknown} */
                            decision: "permit" | "deny";
                            policyVersion: string;
                            time: number;
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            request: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                                action: string;
                                purpose: string;
                                records: {
                                    recordId: string;
                                    version: number;
                                    level: "N" | "R" | "V";
                                    mediaClass: "document" | "image" | "signal" | "structured";
                                    label: string;
                                }[];
                                compartments?: {
                                    label: string;
                                    epoch: number;
                                    level: "N" | "R" | "V";
                                }[];
                            };
                            policy: {
                                decided: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                                undecided: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                                nearly: {
                                    rule: string;
                                    /** @enum {unknown} */
                                    effect: "permit" | "forbid";
                                    records: {
                                        recordId: string;
                                        version: number;
                                    }[];
                                    compartments?: {
                                        label: string;
                                        epoch: number;
                                    }[];
                                    facts: {
                                        member: string;
                                        /** @enum {unknown} */
                                        asks: "any" | "none";
                                        values: string[];
                                        has?: string[];
                                    }[];
                                }[];
                            };
                            consent?: {
                                consentId: string;
                                status: string;
                                actions: string[];
                                purposes: string[];
                                notBefore: number;
                                notAfter: number;
                                levels?: ("N" | "R" | "V")[];
                                dataPeriod?: {
                                    from: number;
                                    until: number;
                                };
                                exceptions?: {
                                    actions?: ("read" | "search" | "follow")[];
                                    purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                                    requesters?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    authors?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    records?: string[];
                                    mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                                    levels?: ("N" | "R" | "V")[];
                                    dataPeriod?: {
                                        from: number;
                                        until: number;
                                    };
                                }[];
                            };
                        };
                        policyHash: string;
                        able: boolean;
                        /** @enum {unknown} */
                        certifiedBy: "question" | "caller" | "last-request" | "nobody";
                        certificate: {
                            role?: string;
                            department?: string;
                        };
                        consentId?: string;
                        tried: number;
                        more: boolean;
                    };
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    listRecordReaders: {
        parameters: {
            query?: {
                version?: number;
                /** @description the last block that counts; without it, all */
                block?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description consents in a page */
                limit?: number;
            };
            header?: never;
            path: {
                recordId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who can read a record version now, or could when a block was the newest: page by page the patient's consents, each with what its person would get */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        patientId: string;
                        recordId: string;
                        version: number;
                        blockNumber: number;
                        time: number;
                        policyVersion: string;
                        policyHash: string;
                        items: {
                            consentId: string;
                            mspId: string;
                            staffId: string;
                            action: string;
                            purpose: string;
                            /** @enum {unknown} */
                            outcome: "permit" | "deny" | "depends" | "unable";
                            seen?: {
                                role?: string;
                                department?: string;
                            };
                            permitted?: {
                                roles: string[];
                                departments: string[];
                            }[];
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                        }[];
                        next?: string;
                        assumed: {
                            /** @enum {unknown} */
                            fact: "freeze" | "prohibitions" | "compartment" | "emergencies";
                            /** @enum {unknown} */
                            from: "now" | "event" | "manifest";
                            detail: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    previewPolicy: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                /** @description consents judged in a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policy: {
                        version: number;
                        roles: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "structural" | "functional";
                            parents: string[];
                        }[];
                        organizations: ({
                            id: string;
                            /** @enum {string} */
                            kind: "core";
                            mspId: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "regional";
                            mspId: string;
                            parent: string;
                        } | {
                            id: string;
                            /** @enum {string} */
                            kind: "department";
                            department: string;
                            parent: string;
                        })[];
                        rules: {
                            id: string;
                            /** @enum {unknown} */
                            effect: "permit" | "forbid";
                            roles?: string[];
                            organizations?: string[];
                            departments?: string[];
                            actions?: ("read" | "search" | "follow")[];
                            purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                            levels?: ("N" | "R" | "V")[];
                            mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                            conditions?: ({
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                anyOf: string[];
                            } | {
                                /** @enum {unknown} */
                                attribute: "role" | "department" | "organization";
                                noneOf: string[];
                            })[];
                        }[];
                        emergency: {
                            secondPractitioner: ("N" | "R" | "V")[];
                            secondRoles?: string[];
                            boxHours: number;
                            openingsPerDay: number;
                            openingsPerPerson: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Who would gain and who would lose by a policy in place of the one in force: page by page all record versions and the consents to them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blockNumber: number;
                        time: number;
                        before: string;
                        after: string;
                        judged: number;
                        items: {
                            patientId: string;
                            recordId: string;
                            version: number;
                            consentId: string;
                            mspId: string;
                            staffId: string;
                            action: string;
                            purpose: string;
                            seen?: {
                                role?: string;
                                department?: string;
                            };
                            /** @enum {unknown} */
                            change: "gains" | "loses" | "both";
                            before: {
                                /** @enum {unknown} */
                                outcome: "permit" | "deny" | "depends" | "unable";
                                permitted?: {
                                    roles: string[];
                                    departments: string[];
                                }[];
                                reasons: {
                                    /** @enum {unknown} */
                                    rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                    facts?: string[];
                                }[];
                            };
                            after: {
                                /** @enum {unknown} */
                                outcome: "permit" | "deny" | "depends" | "unable";
                                permitted?: {
                                    roles: string[];
                                    departments: string[];
                                }[];
                                reasons: {
                                    /** @enum {unknown} */
                                    rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                    facts?: string[];
                                }[];
                            };
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-34"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-41"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    getEventAnchor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a proof bundle of an access event is made of: its envelope, the paths to its block and batch, the witnesses' signatures, the EVM transaction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description base64 */
                        envelope?: string;
                        /** @description in place of the envelope where the transaction carries events of several patients: this one, and hashes of the others */
                        item?: {
                            event: {
                                [key: string]: unknown;
                            };
                            envelopeHash: string;
                            channel: string;
                            chaincode: string;
                            index: number;
                            count: number;
                            salt: string;
                            path: string[];
                            root: string;
                        };
                        transaction: {
                            blockNumber: number;
                            index: number;
                            code: number;
                            txPath: string[];
                        };
                        block: {
                            number: number;
                            /** @description empty for block 0 */
                            previousHash: string;
                            dataHash: string;
                            commitHash: string;
                            txRoot: string;
                            txCount: number;
                            batchPath: string[];
                        };
                        batch?: {
                            number: number;
                            firstBlock: number;
                            lastBlock: number;
                            root: string;
                        };
                        witnesses?: string[];
                        signatures?: {
                            witness: string;
                            signature: string;
                        }[];
                        chain?: {
                            name: string;
                            chainId: number;
                            contract: string;
                            transactionHash?: string;
                            blockNumber?: number;
                            blockHash?: string;
                        };
                        state: "pending" | "submitted" | "included" | "final";
                    };
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    listConsentChanges: {
        parameters: {
            query?: {
                patientId?: string;
                mspId?: string;
                staffId?: string;
                change?: "granted" | "revoked" | "expired" | "forbidden" | "allowed" | "frozen" | "unfrozen" | "succeeded";
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                at?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                from?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                to?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who was given and refused access by patients, newest first; with `at`, what was in force then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            change: "granted" | "revoked" | "expired" | "forbidden" | "allowed" | "frozen" | "unfrozen" | "succeeded";
                            statementId: string;
                            about: string;
                            patientId: string;
                            time: number;
                            submittedBy?: string;
                            terms?: {
                                grantee: {
                                    /** @enum {unknown} */
                                    kind: "practitioner" | "department" | "organization";
                                    mspId: string;
                                    staffId?: string;
                                    department?: string;
                                };
                                labels: string[];
                                actions: ("read" | "search" | "follow")[];
                                purposes: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                                conditions: {
                                    attribute: "role" | "department";
                                    anyOf: string[];
                                }[];
                                notBefore: number;
                                notAfter: number;
                                emergency: boolean;
                                exceptions?: {
                                    actions?: ("read" | "search" | "follow")[];
                                    purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                                    requesters?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    authors?: {
                                        mspId: string;
                                        staffId: string;
                                    }[];
                                    records?: string[];
                                    mediaClasses?: ("document" | "image" | "signal" | "structured")[];
                                    levels?: ("N" | "R" | "V")[];
                                    dataPeriod?: {
                                        from: number;
                                        until: number;
                                    };
                                }[];
                                dataPeriod?: {
                                    from: number;
                                    until: number;
                                };
                                levels?: ("N" | "R" | "V")[];
                            };
                            forbids?: {
                                organizations?: string[];
                                departments?: {
                                    mspId: string;
                                    department: string;
                                }[];
                                requesters?: {
                                    mspId: string;
                                    staffId: string;
                                }[];
                                labels?: string[];
                                levels?: ("N" | "R" | "V")[];
                                actions?: ("read" | "search" | "follow")[];
                                purposes?: ("TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG")[];
                            };
                            activeFrom?: number;
                            ended?: {
                                time: number;
                                /** @enum {unknown} */
                                cause: "revoked" | "expired" | "allowed" | "unfrozen" | "succeeded";
                            };
                            txId: string;
                            blockNumber: number;
                        }[];
                        next?: string;
                        silent?: {
                            mspId: string;
                            since?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    listGroupChanges: {
        parameters: {
            query?: {
                patientId?: string;
                mspId?: string;
                department?: string;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                from?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                to?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who joined or left a department to which consents were in force, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            statementId: string;
                            mspId: string;
                            department: string;
                            version: number;
                            time: number;
                            joined: string[];
                            left: string[];
                            consents: {
                                patientId: string;
                                consentId: string;
                            }[];
                            /**
                             * @description there were more consents than are named
                             * @enum {boolean}
                             */
                            more?: true;
                            txId: string;
                            blockNumber: number;
                        }[];
                        next?: string;
                        silent?: {
                            mspId: string;
                            since?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Receivers of this hospital's webhooks: what waits, what was given up after how many attempts, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            host: string;
                            filter: {
                                patientId?: string;
                                mspId?: string;
                                staffId?: string;
                                /** @enum {unknown} */
                                decision?: "permit" | "deny";
                                /** @enum {unknown} */
                                purpose?: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                                /**
                                 * @description `other`: only where a record comes from another organisation than the requester's; `own`: only where none does
                                 * @enum {unknown}
                                 */
                                origin?: "other" | "own";
                                writtenAt?: string;
                                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                                from?: number;
                                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                                to?: number;
                                /** @enum {unknown} */
                                kind?: "access" | "consent" | "group";
                            };
                            delivered: number;
                            deliveredAt?: number;
                            /** @description block and place in it, as in the id of a notice */
                            through?: string;
                            waiting: number;
                            oldestAt?: number;
                            attempts?: number;
                            lastError?: string;
                            dead: {
                                webhookId: string;
                                /** @description block and place in it, as in the id of a notice */
                                place: string;
                                attempts: number;
                                lastError: string;
                                diedAt: number;
                            }[];
                        }[];
                        givesUpAfterMs: number;
                    };
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-34"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-41"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    followNotices: {
        parameters: {
            query?: {
                patientId?: string;
                mspId?: string;
                staffId?: string;
                decision?: "permit" | "deny";
                purpose?: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                /** @description `other`: only where a record comes from another organisation than the requester's; `own`: only where none does */
                origin?: "other" | "own";
                writtenAt?: string;
                kind?: "access" | "consent" | "group";
                /** @description block and place in it, as in the id of a notice */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description text/event-stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            400: components["responses"]["Problem400-33"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-27"];
            507: components["responses"]["Problem507"];
        };
    };
    grantConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                    kfrags: {
                        mspId: string;
                        kfragId: string;
                        sealed: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Brings a patient's signed consent to the ledger and its sealed kfrags to the proxies; the statement authenticates itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        consentId: string;
                        status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                        custody: string[];
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-34"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    getConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A consent with its custody and end, for its patient and its grantee */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        consent: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        revocation?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        custody: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        destructions: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                        status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                        ending: boolean;
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-43"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    listConsentsOfPatient: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All consents of the patient whose session it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            consent: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            revocation?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            custody: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            destructions: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                            ending: boolean;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-36"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-28"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-44"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-28"];
            507: components["responses"]["Problem507"];
        };
    };
    listConsentsForSelf: {
        parameters: {
            query?: {
                patientId?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Consents granted to the caller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            consent: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            revocation?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            custody: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            destructions: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                            ending: boolean;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-36"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-29"];
            404: components["responses"]["Problem404-37"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-45"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    revokeConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a consent by its patient's signed revocation, which authenticates itself; this hospital's proxy stops at once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        consentId: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-34"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    listProhibitions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The prohibitions in force of the patient whose session it is, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-28"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-44"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-28"];
            507: components["responses"]["Problem507"];
        };
    };
    forbidAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Forbids, whatever consents say, or ends an earlier prohibition, by the patient's signed statement, which authenticates itself */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        prohibitionId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-34"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    requestAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Submits a practitioner's signed request under that person's certificate; permitted or denied, it is logged */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        event: {
                            eventId: string;
                            txId: string;
                            time: number;
                            patientId: string;
                            actor: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                            };
                            action: "read" | "search" | "follow";
                            /** @enum {unknown} */
                            purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                            emergency?: {
                                opening?: string;
                                second?: string;
                                /** @enum {unknown} */
                                reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                                secondRole?: string;
                                openUntil?: number;
                                reviewBy?: number;
                            };
                            records: {
                                recordId: string;
                                version: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                mediaClass: "document" | "image" | "signal" | "structured";
                                sizeClass: number;
                                wrapHash?: string;
                                segment?: {
                                    stream: string;
                                    first: number;
                                    last: number;
                                    root: string;
                                    wrapsRoot?: string;
                                };
                                origin: string;
                            }[];
                            streams?: {
                                stream: string;
                                version: number;
                                last: number;
                            }[];
                            compartments?: {
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                issue: number;
                                wrapHash: string;
                                heads?: {
                                    writers: number;
                                    root: string;
                                };
                            }[];
                            stream?: {
                                stream: string;
                                head: number;
                                version: number;
                                lastsMs: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                deviceId: string;
                            };
                            consentId?: string;
                            requestId: string;
                            receivingKey: string;
                            decision: "permit" | "deny";
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            policyVersion: string;
                            decider: number;
                            expiresAt?: number;
                        };
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-37"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-46"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-4"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    requestAccessOfAll: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statements: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    }[];
                };
            };
        };
        responses: {
            /** @description Submits a practitioner's signed requests for several patients in one transaction; each is decided, logged or refused alone */
            200: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description one for each request, in their order */
                        items: ({
                            event: {
                                eventId: string;
                                txId: string;
                                time: number;
                                patientId: string;
                                actor: {
                                    mspId: string;
                                    staffId: string;
                                    role?: string;
                                    department?: string;
                                };
                                action: "read" | "search" | "follow";
                                /** @enum {unknown} */
                                purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                                emergency?: {
                                    opening?: string;
                                    second?: string;
                                    /** @enum {unknown} */
                                    reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                                    secondRole?: string;
                                    openUntil?: number;
                                    reviewBy?: number;
                                };
                                records: {
                                    recordId: string;
                                    version: number;
                                    label: string;
                                    epoch: number;
                                    level: "N" | "R" | "V";
                                    mediaClass: "document" | "image" | "signal" | "structured";
                                    sizeClass: number;
                                    wrapHash?: string;
                                    segment?: {
                                        stream: string;
                                        first: number;
                                        last: number;
                                        root: string;
                                        wrapsRoot?: string;
                                    };
                                    origin: string;
                                }[];
                                streams?: {
                                    stream: string;
                                    version: number;
                                    last: number;
                                }[];
                                compartments?: {
                                    label: string;
                                    epoch: number;
                                    level: "N" | "R" | "V";
                                    issue: number;
                                    wrapHash: string;
                                    heads?: {
                                        writers: number;
                                        root: string;
                                    };
                                }[];
                                stream?: {
                                    stream: string;
                                    head: number;
                                    version: number;
                                    lastsMs: number;
                                    label: string;
                                    epoch: number;
                                    level: "N" | "R" | "V";
                                    deviceId: string;
                                };
                                consentId?: string;
                                requestId: string;
                                receivingKey: string;
                                decision: "permit" | "deny";
                                reasons: {
                                    /** @enum {unknown} */
                                    rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                    facts?: string[];
                                }[];
                                policyVersion: string;
                                decider: number;
                                expiresAt?: number;
                            };
                            blockNumber: number;
                        } | {
                            code: string;
                            detail: string;
                            eventId?: string;
                        })[];
                    };
                };
            };
            400: components["responses"]["Problem400-37"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-46"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-4"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    collectCfrags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asks every proxy of a permitted event's consent and passes their signed answers on, one for each compartment, false ones too: the client is the judge */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        answers: {
                            mspId: string;
                            answer: {
                                body: {
                                    eventId: string;
                                    wrapHashes: string[];
                                    consentId: string;
                                    kfragId: string;
                                    receivingKey: string;
                                    cfrags: string;
                                    heads?: {
                                        label: string;
                                        writers: number;
                                        root: string;
                                    };
                                };
                                signature: string;
                            };
                        }[];
                        /** @description each with the place that its hash is of: a client computes it itself where it has the manifest */
                        wraps: {
                            recordId: string;
                            version: number;
                            wrap: string;
                            place: string;
                        }[];
                        /** @description records for which no proxy was asked, as their wraps were not found */
                        missing: {
                            recordId: string;
                            version: number;
                            code: string;
                            detail: string;
                        }[];
                        failures: {
                            mspId: string;
                            code: string;
                            detail: string;
                            /** @description the rule that the ledger's state breaks, by what that proxy found */
                            rule?: string;
                            /** @description for which it gave nothing, or nothing right; absent: for none that was asked */
                            records?: {
                                recordId: string;
                                version: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-38"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-47"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-4"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    accuseProxy: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mspId: string;
                    answer: {
                        body: {
                            eventId: string;
                            wrapHashes: string[];
                            consentId: string;
                            kfragId: string;
                            receivingKey: string;
                            cfrags: string;
                            heads?: {
                                label: string;
                                writers: number;
                                root: string;
                            };
                        };
                        signature: string;
                    };
                    wraps: {
                        place: string;
                        capsule: string;
                        ciphertextHash: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Puts a proxy's signed false answer on the ledger, which checks it and refuses an accusation of a good one */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                        mspId: string;
                        answer: {
                            body: {
                                eventId: string;
                                wrapHashes: string[];
                                consentId: string;
                                kfragId: string;
                                receivingKey: string;
                                cfrags: string;
                                heads?: {
                                    label: string;
                                    writers: number;
                                    root: string;
                                };
                            };
                            signature: string;
                        };
                        wraps: {
                            place: string;
                            capsule: string;
                            ciphertextHash: string;
                        }[];
                        /** @enum {unknown} */
                        failure: "EVENT_DENIED" | "CONSENT_MISMATCH" | "RECEIVING_KEY_MISMATCH" | "KFRAG_NOT_LISTED" | "WRAP_NOT_REQUESTED" | "WRAP_BROKEN" | "CFRAG_MALFORMED" | "CFRAG_MISMATCH" | "CFRAG_PROOF_INVALID" | "HEADS_FALSE";
                        txId: string;
                        time: number;
                        submittedBy: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-38"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-46"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-4"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getEmergencyKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest emergency key of an organisation, as its admin signed it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        statement: {
                            body: string;
                            signatures: {
                                key: string;
                                signature: string;
                            }[];
                        };
                        txId: string;
                        time: number;
                        submittedBy: string;
                    };
                };
            };
            400: components["responses"]["Problem400-40"];
            403: components["responses"]["Problem403-30"];
            404: components["responses"]["Problem404-40"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-49"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    publishEmergencyKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mspId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Brings an organisation's next emergency key to the ledger, signed by its admin; older deposits are then to be topped up */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        version: number;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-39"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-39"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-48"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-2"];
            507: components["responses"]["Problem507"];
        };
    };
    listEmergencyConsents: {
        parameters: {
            query: {
                patientId: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Emergency consents of a patient to the caller's hospital: what an emergency can name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            consent: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            revocation?: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            };
                            custody: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            destructions: {
                                id: string;
                                statement: {
                                    body: string;
                                    signatures: {
                                        key: string;
                                        signature: string;
                                    }[];
                                };
                                txId: string;
                                time: number;
                                submittedBy: string;
                            }[];
                            status: "pending" | "active" | "suspended" | "not-started" | "expired" | "void" | "revoked";
                            ending: boolean;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-41"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-29"];
            404: components["responses"]["Problem404-41"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-50"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    listEmergencies: {
        parameters: {
            query?: {
                state?: "open" | "due" | "overdue" | "reviewed";
                patientId?: string;
                mspId?: string;
                staffId?: string;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                from?: number;
                /** @description milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included */
                to?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Boxes that were opened, newest first: open, to be reviewed, overdue or reviewed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            eventId: string;
                            patientId: string;
                            mspId: string;
                            staffId: string;
                            second?: string;
                            /** @enum {unknown} */
                            reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                            /** @enum {unknown} */
                            state: "open" | "due" | "overdue" | "reviewed";
                            time: number;
                            openUntil: number;
                            reviewBy: number;
                            closedAt?: number;
                            opened: {
                                eventId: string;
                                time: number;
                                action: "read" | "search" | "follow";
                                records: {
                                    recordId: string;
                                    version: number;
                                }[];
                            }[];
                            review?: {
                                mspId: string;
                                staffId: string;
                                /** @enum {unknown} */
                                finding: "justified" | "unjustified" | "unclear";
                                time: number;
                                statementId: string;
                            };
                            blockNumber: number;
                        }[];
                        next?: string;
                        silent?: {
                            mspId: string;
                            since?: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400-41"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-42"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-51"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    getEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A box from the ledger itself, with its closing and review */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        opening: {
                            eventId: string;
                            txId: string;
                            time: number;
                            patientId: string;
                            actor: {
                                mspId: string;
                                staffId: string;
                                role?: string;
                                department?: string;
                            };
                            action: "read" | "search" | "follow";
                            /** @enum {unknown} */
                            purpose: "TREAT" | "ETREAT" | "HPAYMT" | "HOPERAT" | "HRESCH" | "PUBHLTH" | "BTG";
                            emergency?: {
                                opening?: string;
                                second?: string;
                                /** @enum {unknown} */
                                reason: "cannot-consent" | "threat-to-life" | "covering" | "identity-unknown";
                                secondRole?: string;
                                openUntil?: number;
                                reviewBy?: number;
                            };
                            records: {
                                recordId: string;
                                version: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                mediaClass: "document" | "image" | "signal" | "structured";
                                sizeClass: number;
                                wrapHash?: string;
                                segment?: {
                                    stream: string;
                                    first: number;
                                    last: number;
                                    root: string;
                                    wrapsRoot?: string;
                                };
                                origin: string;
                            }[];
                            streams?: {
                                stream: string;
                                version: number;
                                last: number;
                            }[];
                            compartments?: {
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                issue: number;
                                wrapHash: string;
                                heads?: {
                                    writers: number;
                                    root: string;
                                };
                            }[];
                            stream?: {
                                stream: string;
                                head: number;
                                version: number;
                                lastsMs: number;
                                label: string;
                                epoch: number;
                                level: "N" | "R" | "V";
                                deviceId: string;
                            };
                            consentId?: string;
                            requestId: string;
                            receivingKey: string;
                            decision: "permit" | "deny";
                            reasons: {
                                /** @enum {unknown} */
                                rule: "policy.role-may-act" | "policy.role-may-not-act" | "policy.forbids" | "policy.cannot-be-evaluated" | "consent.grants" | "emergency.opens" | "emergency.within" | "emergency.box-unknown" | "emergency.box-of-another" | "emergency.box-over" | "emergency.box-closed" | "emergency.second-missing" | "emergency.second-is-requester" | "emergency.second-role" | "emergency.limit-of-organization" | "emergency.limit-of-person" | "record.unknown" | "record.erased" | "record.withdrawn" | "stream.unknown" | "stream.device-ended" | "compartment.unknown" | "patient.frozen" | "patient.succeeded" | "patient.prohibits" | "patient.prohibition-cannot-be-evaluated" | "consent.none-named" | "consent.unknown" | "consent.of-another-patient" | "consent.revoked" | "consent.void" | "consent.pending" | "consent.suspended" | "consent.not-started" | "consent.expired" | "consent.grantee-mismatch" | "consent.not-a-member" | "consent.department-key-outdated" | "consent.receiving-key-mismatch" | "consent.action-not-granted" | "consent.purpose-not-granted" | "consent.compartment-not-granted" | "consent.condition-failed" | "consent.level-not-granted" | "consent.data-period-not-granted" | "consent.data-time-unknown" | "consent.excepted" | "consent.exception-cannot-be-evaluated";
                                facts?: string[];
                            }[];
                            policyVersion: string;
                            decider: number;
                            expiresAt?: number;
                        };
                        close?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                        review?: {
                            id: string;
                            statement: {
                                body: string;
                                signatures: {
                                    key: string;
                                    signature: string;
                                }[];
                            };
                            txId: string;
                            time: number;
                            submittedBy: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400-40"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-42"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-51"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
    closeEmergency: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Ends a box before its time, in a transaction under the certificate of whoever opened it */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-39"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-31"];
            404: components["responses"]["Problem404-43"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-52"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    reviewEmergency: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: {
                        body: string;
                        signatures: {
                            key: string;
                            signature: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Says what an officer of another organisation found of a box, in a transaction under their certificate */
            201: {
                headers: {
                    /** @description this answers a repeat */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                        statementId: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-39"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-31"];
            404: components["responses"]["Problem404-43"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-52"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-3"];
            507: components["responses"]["Problem507"];
        };
    };
    getFhirMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CapabilityStatement of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "CapabilityStatement";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            404: components["responses"]["Outcome404"];
            408: components["responses"]["Outcome408"];
            410: components["responses"]["Outcome410"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502"];
            503: components["responses"]["Outcome503"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirDocumentReference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description DocumentReference of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "DocumentReference";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirDocumentReferenceVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description DocumentReference of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "DocumentReference";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    searchFhirDocumentReferences: {
        parameters: {
            query: {
                /** @description Patient/… or the id alone */
                patient: string;
                status?: "current" | "superseded";
                /** @description at most so many at once */
                _count?: number;
                /** @description the "next" of the page before has it */
                _cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bundle (searchset) of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirBinary: {
        parameters: {
            query?: {
                event?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ciphertext */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description part of the ciphertext */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description not modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            412: components["responses"]["Outcome412"];
            416: components["responses"]["Outcome416"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-3"];
            507: components["responses"]["Outcome507"];
        };
    };
    createFhirBinary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Binary of FHIR R4 (4.0.1) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Binary";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400-2"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            413: components["responses"]["Outcome413"];
            415: components["responses"]["Outcome415"];
            429: components["responses"]["Outcome429-2"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-4"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Consent of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Consent";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    searchFhirConsents: {
        parameters: {
            query: {
                /** @description Patient/… or the id alone */
                patient: string;
                /** @description at most so many at once */
                _count?: number;
                /** @description the "next" of the page before has it */
                _cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bundle (searchset) of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirAuditEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AuditEvent of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "AuditEvent";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    searchFhirAuditEvents: {
        parameters: {
            query?: {
                /** @description Patient/… or the id alone */
                patient?: string;
                /** @description 0 permitted, 8 denied */
                outcome?: "0" | "8";
                /** @description ge or le with a date */
                date?: string;
                /** @description at most so many at once */
                _count?: number;
                /** @description the "next" of the page before has it */
                _cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bundle (searchset) of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    readFhirProvenance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Provenance of FHIR R4 (4.0.1) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Provenance";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400"];
            401: components["responses"]["Outcome401"];
            403: components["responses"]["Outcome403"];
            404: components["responses"]["Outcome404-2"];
            408: components["responses"]["Outcome408"];
            409: components["responses"]["Outcome409"];
            410: components["responses"]["Outcome410-2"];
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
}
