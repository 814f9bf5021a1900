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
    "/v1/patients/{patientId}/delegates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Names a limited key of a patient's, ends one, or both, by the patient's statement; such a key may end itself */
        post: operations["changeDelegates"];
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
    "/v1/practitioners/me/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the key of the caller's certificate is, and the certificate itself where that is the caller's device */
        get: operations["getCertificate"];
        put?: never;
        /** Has the hospital's CA certify a key of the caller's own device; a key that the gateway kept for the caller ends */
        post: operations["certifyDevice"];
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
    "/v1/records/{recordId}/versions/{version}/content/outline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What proves any part of a record version's ciphertext: its size, its header and the hash of each chunk, as docs/protocol.md §5 lays them out */
        get: operations["getContentOutline"];
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
    "/v1/webhooks/{id}/resends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends again to a receiver what was given up, all of it or the messages named, each with the id and the words that it had */
        post: operations["resendWebhooks"];
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
    "/v1/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How this hospital's gateway, ledger, certificates and anchoring are, and what it hears of the other hospitals */
        get: operations["getHospitalState"];
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
        ProblemCode: "ACCESS_DENIED" | "ACCUSATION_REFUSED" | "ANCHOR_CONFLICT" | "ANCHOR_MISMATCH" | "ANCHOR_UNKNOWN" | "APPROVAL_CONFLICT" | "ARGUMENT_INVALID" | "ATTRIBUTES_CHANGED" | "BACKUP_UNKNOWN" | "BATCH_FINAL" | "BATCH_FULL" | "BATCH_INVALID" | "BATCH_REFUSED" | "BINDING_CONFLICT" | "BINDING_MISMATCH" | "BINDING_MISSING" | "CA_UNAVAILABLE" | "CERTIFICATE_NEEDED" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "CHANGE_UNKNOWN" | "COMPARTMENT_ERASED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "COMPARTMENT_UNKNOWN" | "CONSENT_ENDED" | "CONSENT_INVALID" | "CONSENT_OUTDATED" | "CONSENT_UNKNOWN" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CONTENT_MISSING" | "CONTENT_TOO_LARGE" | "CONTENT_UNAVAILABLE" | "CONTENT_UNKNOWN" | "COPY_UNAVAILABLE" | "CURSOR_INVALID" | "CUSTODY_MISSING" | "CUSTODY_NOT_LISTED" | "DECISION_MISMATCH" | "DELEGATES_TOO_MANY" | "DELEGATE_CONFLICT" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "DELEGATE_UNKNOWN" | "DENIED_REPEATEDLY" | "DEPARTMENT_UNKNOWN" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "DEVICE_UNKNOWN" | "DIRECTORY_CONFLICT" | "EMERGENCY_ALONE" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_LIMIT" | "EMERGENCY_OPEN" | "EMERGENCY_UNKNOWN" | "ENTRY_MISMATCH" | "ENVELOPE_UNKNOWN" | "EPOCH_ENDED" | "ERASURE_TOO_LARGE" | "ESCROW_MISMATCH" | "EVENT_DENIED" | "EVENT_NOT_PERMITTED" | "EVENT_OF_ANOTHER" | "EVENT_UNKNOWN" | "FEATURE_INACTIVE" | "FORMAT_UNKNOWN" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "GUARDIANS_TOO_FEW" | "GUARDIANS_UNKNOWN" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "IDENTITY_PROVIDER_UNAVAILABLE" | "INDEX_OUTDATED" | "INTERNAL" | "IPFS_UNAVAILABLE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "KFRAG_MISSING" | "LEDGER_DIVERGED" | "LEDGER_RESULT_INVALID" | "LEDGER_UNAVAILABLE" | "MEDIA_TYPE_UNSUPPORTED" | "MEMBERSHIP_CONFLICT" | "MEMBERSHIP_INVALID" | "MEMBERS_FIXED" | "NETWORK_ALREADY_FOUNDED" | "NETWORK_CONFLICT" | "NETWORK_NOT_FOUNDED" | "NOTES_CONFLICT" | "NOTES_UNKNOWN" | "NOTE_INVALID" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_FOUND" | "NOT_PERMITTED" | "NOT_READY" | "ORDER_MISMATCH" | "ORDER_UNKNOWN" | "OVERLOADED" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_ID_MISMATCH" | "PATIENT_REPEATED" | "PATIENT_SUCCEEDED" | "PATIENT_UNKNOWN" | "PEER_BEHIND" | "PEER_REFUSED" | "PEER_UNAVAILABLE" | "PEER_UNKNOWN" | "PERMIT_EXPIRED" | "POLICY_INVALID" | "POLICY_UNKNOWN" | "PRACTITIONER_EXISTS" | "PRECONDITION_FAILED" | "PROHIBITIONS_TOO_MANY" | "PROHIBITION_INVALID" | "PROHIBITION_UNKNOWN" | "PROPOSALS_TOO_MANY" | "PROPOSAL_INVALID" | "PROPOSAL_LAPSED" | "PROPOSAL_PENDING" | "PROPOSAL_UNKNOWN" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "PROXY_UNKNOWN" | "QUOTA_EXCEEDED" | "RANGE_INVALID" | "READ_MODEL_BEHIND" | "RECORD_CONFLICT" | "RECORD_ENDED" | "RECORD_EXISTS" | "RECORD_UNKNOWN" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED" | "RECOVERY_UNKNOWN" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "REPRESENTATION_UNKNOWN" | "REQUEST_INVALID" | "REQUEST_TIMEOUT" | "REQUEST_TOO_LARGE" | "REVIEW_CONFLICT" | "REWRAP_CONFLICT" | "SCOPE_MISSING" | "SEARCH_KEYS_CONFLICT" | "SEARCH_KEYS_INVALID" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SESSION_EXPIRED" | "SESSION_INVALID" | "SESSION_REPLAYED" | "SHARE_UNKNOWN" | "SIGNATURE_INVALID" | "SIGNATURE_REQUIRED" | "SIGNING_EXPIRED" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "STATEMENT_REPLAYED" | "STATEMENT_UNKNOWN" | "STATEMENT_UNPROVEN" | "STORAGE_FULL" | "STORAGE_UNAVAILABLE" | "SUSPENDED" | "SUSPENSION_CONFLICT" | "TIMESTAMP_OUT_OF_TOLERANCE" | "TOKEN_AUDIENCE" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_MISSING" | "TOO_MANY_REQUESTS" | "UPLOAD_CONFLICT" | "UPLOAD_EXPIRED" | "UPLOAD_UNKNOWN" | "WEBHOOK_UNKNOWN" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER" | "WRAP_MISMATCH" | "WRAP_UNKNOWN";
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
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
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
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROPOSAL_UNKNOWN: There is no such proposal. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROPOSAL_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
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
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
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
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DELEGATES_TOO_MANY: The patient has as many limited keys as there may be. DELEGATE_CONFLICT: The key is or was another one's. DIRECTORY_CONFLICT: Another version of the directory came first. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DELEGATES_TOO_MANY" | "DELEGATE_CONFLICT" | "DIRECTORY_CONFLICT" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. */
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED";
                };
            };
        };
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DELEGATES_TOO_MANY: The patient has as many limited keys as there may be. DELEGATE_CONFLICT: The key is or was another one's. DIRECTORY_CONFLICT: Another version of the directory came first. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DELEGATES_TOO_MANY" | "DELEGATE_CONFLICT" | "DIRECTORY_CONFLICT" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
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
        /** @description CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. DELEGATES_TOO_MANY: The patient has as many limited keys as there may be. DELEGATE_CONFLICT: The key is or was another one's. DIRECTORY_CONFLICT: Another version of the directory came first. PATIENT_EXISTS: The patient is registered. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. */
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
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "DELEGATES_TOO_MANY" | "DELEGATE_CONFLICT" | "DIRECTORY_CONFLICT" | "PATIENT_EXISTS" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT";
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
        /** @description BINDING_MISSING: The person bound no keys. CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DELEGATES_TOO_MANY: The patient has as many limited keys as there may be. DELEGATE_CONFLICT: The key is or was another one's. DIRECTORY_CONFLICT: Another version of the directory came first. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_EXISTS: The patient is registered. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REPRESENTATIONS_TOO_MANY: The patient has as many representatives as there may be. REPRESENTATION_CONFLICT: Such a representation is there. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "CHANGE_PENDING" | "CHANGE_STOPPED" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DELEGATES_TOO_MANY" | "DELEGATE_CONFLICT" | "DIRECTORY_CONFLICT" | "KFRAG_MISSING" | "PATIENT_EXISTS" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REPRESENTATIONS_TOO_MANY" | "REPRESENTATION_CONFLICT" | "STATEMENT_REPLAYED";
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
        /** @description GUARDIANS_TOO_FEW: Too few guardians signed. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. */
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
                    code?: "GUARDIANS_TOO_FEW" | "STATEMENT_UNPROVEN";
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
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
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
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. */
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. SHARE_UNKNOWN: This hospital keeps no such share. */
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
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "SHARE_UNKNOWN";
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. ESCROW_MISMATCH: Backup or shares are not those that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "ESCROW_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
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
        /** @description DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-7": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:delegate-ended",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The limited key is over.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "DELEGATE_ENDED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "GUARDIANS_TOO_FEW" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "WRAP_UNKNOWN";
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
        /** @description CHANGE_PENDING: A change of keys waits. CHANGE_STOPPED: The change was stopped. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. FREEZE_CONFLICT: It is frozen, or not, already. GUARDIANS_CONFLICT: Another issue of guardians came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECOVERIES_TOO_MANY: Too many recoveries are under way. RECOVERY_OUTDATED: The recovery is of an issue that does not count any more. RECOVERY_PENDING: The recovery waits. RECOVERY_STOPPED: The patient or a hospital stopped the recovery. */
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
                    code?: "CHANGE_PENDING" | "CHANGE_STOPPED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "FREEZE_CONFLICT" | "GUARDIANS_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECOVERIES_TOO_MANY" | "RECOVERY_OUTDATED" | "RECOVERY_PENDING" | "RECOVERY_STOPPED";
                };
            };
        };
        /** @description COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. ESCROW_MISMATCH: Backup or shares are not those that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "ESCROW_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. GUARDIANS_TOO_FEW: Too few guardians signed. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "GUARDIANS_TOO_FEW" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BACKUP_UNKNOWN: This hospital keeps no backup of that issue. CHANGE_UNKNOWN: No such change waits. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. GUARDIANS_UNKNOWN: The patient has no guardians. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. SHARE_UNKNOWN: This hospital keeps no such share. */
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
                    code?: "BACKUP_UNKNOWN" | "CHANGE_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "GUARDIANS_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "SHARE_UNKNOWN";
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
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
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
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_CONFLICT: Another binding has this number. BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PRACTITIONER_EXISTS: The person is enrolled with other attributes. SIGNING_EXPIRED: What the signature is for waits no more: it was not signed in time, or is another person's. STATEMENT_REPLAYED: The ledger has this statement. SUSPENSION_CONFLICT: They are suspended already. */
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
                    code?: "BINDING_CONFLICT" | "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PRACTITIONER_EXISTS" | "SIGNING_EXPIRED" | "STATEMENT_REPLAYED" | "SUSPENSION_CONFLICT";
                };
            };
        };
        /** @description SIGNATURE_REQUIRED: The key of the caller's certificate is at their device: `signing` has what it has to sign. */
        Problem428: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:signature-required",
                 *       "title": "Refused",
                 *       "status": 428,
                 *       "detail": "The key of the caller's certificate is at their device: `signing` has what it has to sign.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "SIGNATURE_REQUIRED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 428;
                    /** @enum {unknown} */
                    code?: "SIGNATURE_REQUIRED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. MEMBERSHIP_INVALID: The change breaks a rule. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "MEMBERSHIP_INVALID" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. ENVELOPE_UNKNOWN: There is no envelope for the caller. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "ENVELOPE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
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
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. KFRAG_MISSING: This proxy has no key fragment of the consent. MEMBERSHIP_CONFLICT: Another change of the department came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SIGNING_EXPIRED: What the signature is for waits no more: it was not signed in time, or is another person's. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-18": {
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "IDEMPOTENCY_IN_PROGRESS" | "KFRAG_MISSING" | "MEMBERSHIP_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SIGNING_EXPIRED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. MEMBERSHIP_INVALID: The change breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
        "Problem409-19": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING" | "MEMBERSHIP_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. MEMBERSHIP_INVALID: The change breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "MEMBERSHIP_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. FEATURE_INACTIVE: The network has not switched on what this uses. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "FEATURE_INACTIVE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
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
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-11": {
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
                    code?: "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. INDEX_OUTDATED: The entry is for a former search key. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. */
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "INDEX_OUTDATED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT";
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
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. FEATURE_INACTIVE: The network has not switched on what this uses. ORDER_MISMATCH: It is not of this record. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "FEATURE_INACTIVE" | "ORDER_MISMATCH" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. INDEX_OUTDATED: The entry is for a former search key. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SIGNING_EXPIRED: What the signature is for waits no more: it was not signed in time, or is another person's. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INDEX_OUTDATED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SIGNING_EXPIRED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. FEATURE_INACTIVE: The network has not switched on what this uses. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "FEATURE_INACTIVE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_MISMATCH: The bytes are not those that their name says. ENTRY_MISMATCH: The index entry is not the one that the statement names. ERASURE_TOO_LARGE: Too many versions at once. FEATURE_INACTIVE: The network has not switched on what this uses. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_MISMATCH" | "ENTRY_MISMATCH" | "ERASURE_TOO_LARGE" | "FEATURE_INACTIVE" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
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
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-12": {
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. INDEX_OUTDATED: The entry is for a former search key. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "INDEX_OUTDATED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "ANCHOR_MISMATCH" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. INDEX_OUTDATED: The entry is for a former search key. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-24": {
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "REQUEST_INVALID";
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
        "Problem409-25": {
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. UPLOAD_CONFLICT: The upload is at another byte, or another request writes to it. */
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "UPLOAD_CONFLICT";
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONTENT_EMPTY" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-27": {
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
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. */
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
        "Problem409-28": {
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
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "SUSPENDED" | "WRAP_UNKNOWN";
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-31": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEARCH_KEYS_INVALID: The search keys break a rule. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEARCH_KEYS_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EVENT_NOT_PERMITTED: The event is a denial. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SEARCH_KEYS_CONFLICT: Another issue came first. */
        "Problem409-32": {
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
                    code?: "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EVENT_NOT_PERMITTED" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SEARCH_KEYS_CONFLICT";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CONTENT_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "FEATURE_INACTIVE" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. */
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
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-33": {
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. EPOCH_ENDED: A followed stream goes on for a newer key. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. */
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
                    code?: "ACCESS_DENIED" | "EPOCH_ENDED" | "STATEMENT_UNPROVEN";
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
        /** @description COMPARTMENT_OUTDATED: The compartment has a newer key. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-34": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-outdated",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The compartment has a newer key.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_OUTDATED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_OUTDATED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_MISMATCH: The bytes are not those that their name says. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. SEGMENT_INVALID: The segment breaks a rule. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_FULL" | "BATCH_REFUSED" | "COMPARTMENT_UNKNOWN" | "CONTENT_MISMATCH" | "FEATURE_INACTIVE" | "REQUEST_INVALID" | "SEGMENT_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_INVALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description COMPARTMENT_OUTDATED: The compartment has a newer key. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-35": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:compartment-outdated",
                 *       "title": "Refused",
                 *       "status": 409,
                 *       "detail": "The compartment has a newer key.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "COMPARTMENT_OUTDATED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "COMPARTMENT_OUTDATED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "ACCESS_DENIED" | "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-23": {
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
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
        "Problem409-37": {
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
        "Problem403-24": {
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
        "Problem409-38": {
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
        /** @description PROPOSALS_TOO_MANY: Too many proposals wait. QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-4": {
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
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "ANCHOR_MISMATCH" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "FEATURE_INACTIVE" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description PEER_UNKNOWN: The caller's certificate is of no member's gateway. SESSION_EXPIRED: The session was signed too long ago. SESSION_INVALID: The session is not signed by the patient's key, or for another request. SESSION_REPLAYED: The session was used before. TOKEN_INVALID: The token is not of the hospital's provider, or damaged. TOKEN_MISSING: No token came with the request. */
        "Problem401-5": {
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
                    code?: "PEER_UNKNOWN" | "SESSION_EXPIRED" | "SESSION_INVALID" | "SESSION_REPLAYED" | "TOKEN_INVALID" | "TOKEN_MISSING";
                };
            };
        };
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. ENTRY_MISMATCH: The index entry is not the one that the statement names. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAG_INVALID: A key fragment fails its proof. ORDER_MISMATCH: It is not of this record. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SEGMENT_MISMATCH: The segment is not of the windows that are kept. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. WRAP_MISMATCH: The wrap is not the one that the statement names. */
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
                    code?: "ARGUMENT_INVALID" | "BATCH_INVALID" | "COMPARTMENT_UNKNOWN" | "CONTENT_INTERRUPTED" | "CONTENT_MISMATCH" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "ENTRY_MISMATCH" | "FEATURE_INACTIVE" | "KFRAG_INVALID" | "ORDER_MISMATCH" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SEGMENT_MISMATCH" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID" | "WRAP_MISMATCH";
                };
            };
        };
        /** @description ACCESS_DENIED: The ledger denied the request; the answer has the logged event. ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EPOCH_ENDED: A followed stream goes on for a newer key. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-26": {
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
                    code?: "ACCESS_DENIED" | "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EPOCH_ENDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONTENT_MISSING: The statement names bytes that were not stored. DEVICES_TOO_MANY: The patient has as many devices as there may be. DEVICE_CONFLICT: Such a device is there. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. RECORD_CONFLICT: Another version came first. RECORD_EXISTS: The version is registered. REWRAP_CONFLICT: Another rewrap came first. SEGMENT_CONFLICT: Another segment came first. SEGMENT_INCOMPLETE: Windows of the segment are missing. STATEMENT_REPLAYED: The ledger has this statement. WINDOW_CONFLICT: Another window has this number. WINDOW_OUT_OF_ORDER: A window before this one is missing. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONTENT_MISSING" | "DEVICES_TOO_MANY" | "DEVICE_CONFLICT" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "RECORD_CONFLICT" | "RECORD_EXISTS" | "REWRAP_CONFLICT" | "SEGMENT_CONFLICT" | "SEGMENT_INCOMPLETE" | "STATEMENT_REPLAYED" | "WINDOW_CONFLICT" | "WINDOW_OUT_OF_ORDER";
                };
            };
        };
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. CONTENT_UNAVAILABLE: A hospital that has the bytes does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "CA_UNAVAILABLE" | "CONTENT_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. CONTENT_UNKNOWN: No store has these bytes. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. ORDER_UNKNOWN: There is no such erasure or withdrawal. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. RECOVERY_UNKNOWN: No such recovery is under way. REPRESENTATION_UNKNOWN: There is no such representation. STATEMENT_UNKNOWN: The ledger has no such statement. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "CONTENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "ORDER_UNKNOWN" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "RECOVERY_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "STATEMENT_UNKNOWN";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. FEATURE_INACTIVE: The network has not switched on what this uses. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CURSOR_INVALID" | "FEATURE_INACTIVE" | "NOTE_INVALID" | "POLICY_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. WEBHOOK_UNKNOWN: The settings of this hospital list no such receiver of webhooks. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "WEBHOOK_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. */
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "NOTES_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CURSOR_INVALID: The cursor is of another list, or none. FEATURE_INACTIVE: The network has not switched on what this uses. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CURSOR_INVALID" | "FEATURE_INACTIVE" | "NOTE_INVALID" | "POLICY_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. DEVICE_UNKNOWN: The patient has no such device. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. WEBHOOK_UNKNOWN: The settings of this hospital list no such receiver of webhooks. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "DEVICE_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN" | "WEBHOOK_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "NOTES_CONFLICT" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. TIMESTAMP_OUT_OF_TOLERANCE: The gateway's clock is wrong. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "COPY_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE" | "TIMESTAMP_OUT_OF_TOLERANCE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. NOTE_INVALID: A note on a log breaks a rule. POLICY_INVALID: The policy breaks a rule. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-37": {
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
        /** @description ANCHOR_UNKNOWN: The ledger has no such anchor. CONSENT_UNKNOWN: The ledger has no such consent. EVENT_UNKNOWN: The log has no such event. NOTES_UNKNOWN: There are no such notes. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. WEBHOOK_UNKNOWN: The settings of this hospital list no such receiver of webhooks. */
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
                    code?: "ANCHOR_UNKNOWN" | "CONSENT_UNKNOWN" | "EVENT_UNKNOWN" | "NOTES_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "WEBHOOK_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. NOTES_CONFLICT: Other notes came first. */
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING" | "NOTES_CONFLICT";
                };
            };
        };
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "CA_UNAVAILABLE" | "FORMAT_UNKNOWN" | "IDENTITY_PROVIDER_UNAVAILABLE" | "IPFS_UNAVAILABLE" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "PROXIES_CONVICTED" | "PROXIES_INSUFFICIENT" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONSENT_INVALID: The consent breaks a rule. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PATIENT_ID_MISMATCH: The id is not that of the keys. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-38": {
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
        /** @description BINDING_MISMATCH: The keys are not those that the person bound. CONSENT_ENDED: The consent is over. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_AUTHORIZED: This identity may not call the transaction. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. */
        "Problem403-27": {
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
                    code?: "BINDING_MISMATCH" | "CONSENT_ENDED" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_AUTHORIZED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "SUSPENDED";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROHIBITION_UNKNOWN: There is no such prohibition. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROHIBITION_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CUSTODY_NOT_LISTED" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PROHIBITION_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-28": {
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
                    code?: "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. */
        "Problem409-44": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PROHIBITION_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. NOT_PERMITTED: This is not the caller's to see or do. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-29": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:epione:problem:delegate-ended",
                 *       "title": "Refused",
                 *       "status": 403,
                 *       "detail": "The limited key is over.",
                 *       "instance": "7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11",
                 *       "code": "DELEGATE_ENDED"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "NOT_PERMITTED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "STATEMENT_UNPROVEN" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_OUTDATED: The consent is made of a former directory or key. CUSTODY_MISSING: The hospital confirmed no custody. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. PROHIBITIONS_TOO_MANY: The patient has as many prohibitions as there may be. */
        "Problem409-45": {
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
                    code?: "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "FORMAT_UNKNOWN" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "PEER_BEHIND" | "PEER_UNAVAILABLE" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CURSOR_INVALID: The cursor is of another list, or none. CUSTODY_NOT_LISTED: The consent names no such fragment for this hospital. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PROHIBITION_INVALID: The prohibition breaks a rule. REQUEST_INVALID: The request does not fit its description. */
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
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CURSOR_INVALID" | "CUSTODY_NOT_LISTED" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PROHIBITION_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-30": {
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
                    code?: "ATTRIBUTES_CHANGED" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "CUSTODY_MISSING" | "KFRAG_MISSING" | "PROHIBITIONS_TOO_MANY";
                };
            };
        };
        /** @description ACCUSATION_REFUSED: The answer convicts nobody. ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_FULL: Too many requests in a batch. BATCH_REFUSED: A request of a batch is not to be taken. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. PATIENT_ID_MISMATCH: The id is not that of the keys. PATIENT_REPEATED: A patient stands twice in a batch. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
        "Problem400-42": {
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
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. POLICY_UNKNOWN: The ledger has no such policy. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "POLICY_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. SIGNING_EXPIRED: What the signature is for waits no more: it was not signed in time, or is another person's. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "SIGNING_EXPIRED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description DENIED_REPEATEDLY: The same request was denied again and again. EMERGENCY_LIMIT: Person or hospital opened as many emergencies as the policy lets. QUOTA_EXCEEDED: The caller asked for, or left here unnamed, as much as one may. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-5": {
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
        "Problem400-43": {
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "EVENT_NOT_PERMITTED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. EVENT_NOT_PERMITTED: The event is a denial. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-49": {
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. COMPARTMENT_UNKNOWN: The patient's directory has no such compartment. CONSENT_INVALID: The consent breaks a rule. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. PATIENT_ID_MISMATCH: The id is not that of the keys. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. STATEMENT_EXPIRED: It was signed too long ago. STATEMENT_INVALID: The signed statement is not spelt as the protocol says. STATEMENT_NOT_YET_VALID: It was signed at a time that has not come. */
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
                    code?: "ARGUMENT_INVALID" | "COMPARTMENT_UNKNOWN" | "CONSENT_INVALID" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "PATIENT_ID_MISMATCH" | "REQUEST_INVALID" | "SIGNATURE_INVALID" | "STATEMENT_EXPIRED" | "STATEMENT_INVALID" | "STATEMENT_NOT_YET_VALID";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. STATEMENT_REPLAYED: The ledger has this statement. */
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description EMERGENCY_LIMIT: Person or hospital opened as many emergencies as the policy lets. TOO_MANY_REQUESTS: The caller asks faster than the gateway answers one caller. */
        "Problem429-6": {
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
        "Problem400-45": {
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
        "Problem403-31": {
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
        "Problem409-51": {
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
        "Problem400-46": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "KFRAG_MISSING" | "REVIEW_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. CURSOR_INVALID: The cursor is of another list, or none. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-47": {
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
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "CURSOR_INVALID" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "REQUEST_INVALID";
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. */
        "Problem409-53": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "DEVICE_ENDED" | "DEVICE_NOT_IN_FORCE" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONSENT_INVALID: The consent breaks a rule. EMERGENCY_ALONE: A second person has to sign. FEATURE_INACTIVE: The network has not switched on what this uses. KFRAGS_MISMATCH: There is not one key fragment for each proxy that the consent names. KFRAG_INVALID: A key fragment fails its proof. REQUEST_INVALID: The request does not fit its description. */
        "Problem400-48": {
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
                    code?: "ARGUMENT_INVALID" | "CONSENT_INVALID" | "EMERGENCY_ALONE" | "FEATURE_INACTIVE" | "KFRAGS_MISMATCH" | "KFRAG_INVALID" | "REQUEST_INVALID";
                };
            };
        };
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. BINDING_MISMATCH: The keys are not those that the person bound. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. STATEMENT_UNPROVEN: What the statement rests on could not be proven here. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
        "Problem403-32": {
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
                    code?: "ATTRIBUTES_CHANGED" | "BINDING_MISMATCH" | "CERTIFICATE_NEEDED" | "CONSENT_ENDED" | "DECISION_MISMATCH" | "DELEGATE_ENDED" | "DELEGATE_EXCEEDED" | "EVENT_DENIED" | "EVENT_OF_ANOTHER" | "NOT_AUTHORIZED" | "NOT_ENROLLED" | "NOT_PERMITTED" | "PERMIT_EXPIRED" | "REPRESENTATION_ENDED" | "REPRESENTATION_EXCEEDED" | "SCOPE_MISSING" | "STATEMENT_UNPROVEN" | "SUSPENDED" | "WRAP_UNKNOWN";
                };
            };
        };
        /** @description CONSENT_UNKNOWN: The ledger has no such consent. DELEGATE_UNKNOWN: There is no such limited key. DEPARTMENT_UNKNOWN: There is no such department. EMERGENCY_KEY_UNKNOWN: The hospital has no emergency key. EMERGENCY_UNKNOWN: There is no such emergency. EVENT_UNKNOWN: The log has no such event. NOT_FOUND: There is no such thing, or none that the caller may know of. PATIENT_UNKNOWN: The ledger has no such patient. PROXY_UNKNOWN: The hospital has no proxy on the ledger. RECORD_UNKNOWN: The ledger has no such record version. REPRESENTATION_UNKNOWN: There is no such representation. */
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
                    code?: "CONSENT_UNKNOWN" | "DELEGATE_UNKNOWN" | "DEPARTMENT_UNKNOWN" | "EMERGENCY_KEY_UNKNOWN" | "EMERGENCY_UNKNOWN" | "EVENT_UNKNOWN" | "NOT_FOUND" | "PATIENT_UNKNOWN" | "PROXY_UNKNOWN" | "RECORD_UNKNOWN" | "REPRESENTATION_UNKNOWN";
                };
            };
        };
        /** @description BINDING_MISSING: The person bound no keys. COMPARTMENT_IN_USE: Authors write to this epoch of the compartment. COMPARTMENT_OUTDATED: The compartment has a newer key. CONSENT_ENDED: The consent is over. CONSENT_OUTDATED: The consent is made of a former directory or key. EMERGENCY_KEY_CONFLICT: Another key has this number. EMERGENCY_OPEN: The emergency still goes on. IDEMPOTENCY_IN_PROGRESS: The same request is being answered. IDEMPOTENCY_KEY_REUSED: The key was used for another request. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. REVIEW_CONFLICT: It was reviewed. SIGNING_EXPIRED: What the signature is for waits no more: it was not signed in time, or is another person's. STATEMENT_REPLAYED: The ledger has this statement. */
        "Problem409-54": {
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
                    code?: "BINDING_MISSING" | "COMPARTMENT_IN_USE" | "COMPARTMENT_OUTDATED" | "CONSENT_ENDED" | "CONSENT_OUTDATED" | "EMERGENCY_KEY_CONFLICT" | "EMERGENCY_OPEN" | "IDEMPOTENCY_IN_PROGRESS" | "IDEMPOTENCY_KEY_REUSED" | "KFRAG_MISSING" | "PATIENT_FROZEN" | "PATIENT_SUCCEEDED" | "REVIEW_CONFLICT" | "SIGNING_EXPIRED" | "STATEMENT_REPLAYED";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. */
        "Problem400-49": {
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
        "Problem403-33": {
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
        "Problem409-55": {
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
        /** @description ANCHOR_MISMATCH: What is anchored is not what this gateway computes. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
                    code?: "ANCHOR_MISMATCH" | "FORMAT_UNKNOWN" | "LEDGER_DIVERGED" | "LEDGER_UNAVAILABLE" | "NETWORK_NOT_FOUNDED" | "NOT_READY" | "OVERLOADED" | "READ_MODEL_BEHIND" | "STORAGE_UNAVAILABLE";
                };
            };
        };
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. BATCH_INVALID: The batch of blocks is not the one that this gateway computes. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. SIGNATURE_INVALID: The signature is not of the key that may say this. */
        "Problem400-50": {
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
        "Problem400-51": {
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. REQUEST_INVALID: The request does not fit its description. */
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
        /** @description FORMAT_UNKNOWN: The peer keeps what this gateway does not know. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CURSOR_INVALID: The cursor is of another list, or none. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
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
        /** @description ATTRIBUTES_CHANGED: The person is enrolled with other attributes than the token says. CERTIFICATE_NEEDED: The key of the caller's certificate is to be at their device, and the device has no certificate that counts. CONSENT_ENDED: The consent is over. DECISION_MISMATCH: A hospital decides otherwise than the ledger. DELEGATE_ENDED: The limited key is over. DELEGATE_EXCEEDED: The limited key may not do this. EVENT_DENIED: The event is a denial. EVENT_OF_ANOTHER: The event is another person's. NOT_AUTHORIZED: This identity may not call the transaction. NOT_ENROLLED: The caller has no certificate of this hospital. NOT_PERMITTED: This is not the caller's to see or do. PERMIT_EXPIRED: The permit's minute is over. REPRESENTATION_ENDED: The representation is over. REPRESENTATION_EXCEEDED: The representative may not do this. SCOPE_MISSING: The token lacks the scope that this needs. SUSPENDED: The person is suspended. WRAP_UNKNOWN: No wrap in force is under this name. */
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. DEVICE_ENDED: The device was ended. DEVICE_NOT_IN_FORCE: The device's time has not begun, or is over. KFRAG_MISSING: This proxy has no key fragment of the consent. PATIENT_FROZEN: The patient froze everything. PATIENT_SUCCEEDED: The patient id was handed over. */
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. IPFS_UNAVAILABLE: The hospital's IPFS node does not answer, or has no room. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
        /** @description ARGUMENT_INVALID: An argument of a transaction is not spelt as it must be. CONTENT_EMPTY: A record of no bytes. CONTENT_INTERRUPTED: The bytes ended before they were whole. CONTENT_MISMATCH: The bytes are not those that their name says. CURSOR_INVALID: The cursor is of another list, or none. FEATURE_INACTIVE: The network has not switched on what this uses. REQUEST_INVALID: The request does not fit its description. */
        "Outcome400-3": {
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
        /** @description CA_UNAVAILABLE: The hospital's certificate authority does not answer. COPY_UNAVAILABLE: No second hospital took a copy. FORMAT_UNKNOWN: The peer keeps what this gateway does not know. IDENTITY_PROVIDER_UNAVAILABLE: The hospital's identity provider does not answer. LEDGER_DIVERGED: Two hospitals have different blocks. LEDGER_UNAVAILABLE: Peers or orderers do not answer. NETWORK_NOT_FOUNDED: The ledger has no network document. NOT_READY: The gateway starts or ends. OVERLOADED: The gateway has more to do than it can. PEER_BEHIND: Another hospital has not read its blocks so far. PEER_UNAVAILABLE: Another hospital does not answer. PROXIES_CONVICTED: Too few proxies are left that did not lie. PROXIES_INSUFFICIENT: Too few proxies answered. READ_MODEL_BEHIND: The gateway has not read its blocks so far. STORAGE_UNAVAILABLE: The hospital's disk or database is read-only, away or broken. */
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
        /** @description BINDING_MISSING: The person bound no keys. CONSENT_ENDED: The consent is over. KFRAG_MISSING: This proxy has no key fragment of the consent. */
        "Problem409-56": {
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
                    code?: "BINDING_MISSING" | "CONSENT_ENDED" | "KFRAG_MISSING";
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
                    /**
                     * @example {
                     *       "resource": "https://localhost:25173",
                     *       "authorization_servers": [
                     *         "https://localhost:25152"
                     *       ],
                     *       "scopes_supported": [
                     *         "user/DocumentReference.c",
                     *         "user/DocumentReference.rs",
                     *         "user/Patient.c",
                     *         "user/AuditEvent.rs",
                     *         "user/Practitioner.c",
                     *         "system/Practitioner.c"
                     *       ],
                     *       "bearer_methods_supported": [
                     *         "header"
                     *       ]
                     *     }
                     */
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
                /** @example 1 */
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"document\":{\"auditors\":[],\"builds\":[],\"features\":[\"search\",\"streams\"],\"formats\":[{\"format\":1}],\"inForceFrom\":1796030188981,\"members\":[{\"adminKeys\":[\"03a9e1c72e8127d4560fa39155e0a8c28e4e2bf4bf22229f6d8c2fe9d9509004a3\"],\"id\":\"core\",\"kind\":\"core\",\"mspId\":\"CoreMSP\",\"name\":\"CoreMSP\"},{\"adminKeys\":[\"029e6be98fc2143d01f047835cd13b7a2e16e182af332dfb1747790a544f2d0d08\"],\"id\":\"regional1\",\"kind\":\"regional\",\"mspId\":\"Regional1MSP\",\"name\":\"Regional1MSP\"},{\"adminKeys\":[\"0374f21d48e1cf176201da6eb62d20a24dfa2e021cd2b01382058cbf3880b9ca42\"],\"id\":\"regional2\",\"kind\":\"regional\",\"mspId\":\"Regional2MSP\",\"name\":\"Regional2MSP\"}],\"name\":\"memory\",\"networkId\":\"def163e53af64ba21a1f999e50be872f35aef996d31e9699cdaa971b755af7bd\",\"policyHash\":\"1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211\",\"settings\":{\"identityDelaySeconds\":604800,\"permitSeconds\":10,\"recoveryDelaySeconds\":604800,\"shareMinimum\":3},\"version\":2},\"issuedAt\":1796026588981,\"nonce\":\"e7ea24146536fcbe666b893a0ac0ff1c\",\"submitBefore\":1796026648981,\"type\":\"NetworkProposal\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "03a9e1c72e8127d4560fa39155e0a8c28e4e2bf4bf22229f6d8c2fe9d9509004a3",
                 *             "signature": "b88841a105742270df42cea8df40151c827d12cfae1578d648d30397daaf91802d00c6a99a25766a773fcce9cb38d8ad77e891b8208b90a7b11e44a5f94e0fe9"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "statementId": "f5d0c7e1afe3a7e1f7c7deba14c98fba4bf0bd34c2cb1ba7a6c87d234fdefcfe",
                     *       "txId": "cfc8e1bfeca52f1dc18b0249650c604826ba9b0ca734da22c2d9838ee19cf88b",
                     *       "blockNumber": 8
                     *     }
                     */
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
                /** @example 21b668c158fb6343e350031277a97c58a409a8f12ffbc4c9d1f7ec24152affd7 */
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"documentHash\":\"71bf9c51a5abf31914bc3fdb66b3a7ae53b65d3b2b0627ade71377506f737b16\",\"issuedAt\":1796026590062,\"nonce\":\"1c30f27769676a18f9250f36ccd0b52b\",\"submitBefore\":1796026650062,\"type\":\"NetworkApproval\",\"version\":2}",
                 *         "signatures": [
                 *           {
                 *             "key": "03a9e1c72e8127d4560fa39155e0a8c28e4e2bf4bf22229f6d8c2fe9d9509004a3",
                 *             "signature": "a50c7f3b912c5c68b1f012e77fed5f980ecbb6e88df2067306cebcfab7d0f4f722e6229fe6c3b68f62b679c42bc4cb33117b54e314294d006cf326766c7ffd09"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "statementId": "e4636684c0cba78f69abb476371b9076dedee485cf828492b9d4a95a92ea4c3a",
                     *       "txId": "070ca512eb8ca195c473eb300f48ed84fd03f7844dec1c8b0703dbf1c8e5f084",
                     *       "blockNumber": 9
                     *     }
                     */
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
                /** @example 6d360b9c66bab818dcbfe1c000e9b942a20f85f89807acd13b1e0def5897d36d */
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"compartments\":[{\"epoch\":1,\"key\":\"02ac220207261e322e439de5d8c73c043970e02e6dfba4ad09a1896ba328423b38\",\"label\":\"64a6234cef18834d6a97993207645f16f5a6aec6a05542d046294385a2884608\",\"level\":\"N\"},{\"epoch\":1,\"key\":\"02732ec200fce9a5c72f423d4e4f8ae39fed34ebe1b69495120c7f7a2a1902567a\",\"label\":\"493941e81114d8021cb126418b7f519c019c17996d488590eefd23e64cc20537\",\"level\":\"V\"}],\"identityKey\":\"023ad179e7518e5f17198903bdb8c633828b1500e00e0a89ede352fedad5a8e18d\",\"issuedAt\":1796026308223,\"kfragSigningKey\":\"031bb490177d7c85c81e310c9d9f1b47ca36bf9c3443a44fab470ae9322733645d\",\"nonce\":\"33a9d2b883015470b4db3e0fc0784778\",\"patientId\":\"jjsxlvg4clprj6um2tylelphr7gedzai\",\"submitBefore\":1796029908223,\"type\":\"KeyDirectory\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "023ad179e7518e5f17198903bdb8c633828b1500e00e0a89ede352fedad5a8e18d",
                 *             "signature": "d807e958414fd7a12d20e85f0e5d59754d9384b22ffdc668905c17211480dea7749140eb6e13db9a67e11fb84a72034fdb46776b2e6355d3f2c1e37f39b02d9d"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "patientId": "jjsxlvg4clprj6um2tylelphr7gedzai",
                     *       "version": 1,
                     *       "statementId": "2b1815b1ee74276d98d8809af3de9378321dd4d7918d8dde28bb36e91e294d48",
                     *       "txId": "cd40ef969bc69ba4050fbdd41bfdfc78b4bfae4125772408c8ea3ae3e0ef40f4",
                     *       "blockNumber": 8
                     *     }
                     */
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
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
                        delegates?: {
                            delegate: {
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
                /** @example vby6mphv6hbpdlh4owmphgbvw5qxc3nc */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"compartments\":[{\"epoch\":1,\"key\":\"02cc1b17d933d6e818f949993d016f0b89431760a0c10c4a6657bddab8c2444058\",\"label\":\"b9bd534f012a64406958aebf56534397f382a5352f7518968cd5dad1edd3455c\",\"level\":\"N\"},{\"epoch\":1,\"key\":\"02ce6f52c387d42173f9ecaae75b2d92487f0c52d527e4c4a65354067ac963826f\",\"label\":\"a55fa2b3e58608716c36ac4a5cb9131bcf2820dd2d93cb5162351fce1643b1a8\",\"level\":\"V\"}],\"identityKey\":\"026c7c5f60f276d7ab4a417e7a3f86f74419acd57b83acaacaf929573b424f6089\",\"issuedAt\":1796026678989,\"kfragSigningKey\":\"03838fd7638abbe8689f78a22cf101f820e5041ec4afaf4e3ccfa9de650c997436\",\"nonce\":\"7d4ec1f44ac6d982e82ea5603d15a800\",\"patientId\":\"vby6mphv6hbpdlh4owmphgbvw5qxc3nc\",\"previous\":\"82a3aac9e42b7f042dcb4450cee00efe30d3392a5c1e458ae39a344ff01076c7\",\"submitBefore\":1796030278989,\"type\":\"KeyDirectory\",\"version\":2}",
                 *         "signatures": [
                 *           {
                 *             "key": "029c95add7479d33490a48eb8220c93d98fdbbaab5657e4d957632336b978c9e39",
                 *             "signature": "5da5d2a57e99ea45f7c680c4258004ad2028ef6827f2e69d5327f6c59cb05d73363cc221f6267bf81210bf045fc382f8d9e05508c9a7bb056a5d8c5c637b324a"
                 *           },
                 *           {
                 *             "key": "026c7c5f60f276d7ab4a417e7a3f86f74419acd57b83acaacaf929573b424f6089",
                 *             "signature": "32f7f643a427eab3e22322ce286f2e33142d49a1a14185c05ba5679d882f905237352412178a2f248ccea87e0ab52a45fa737b9f0c896fce771c0c6be6eb38da"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "patientId": "vby6mphv6hbpdlh4owmphgbvw5qxc3nc",
                     *       "version": 2,
                     *       "statementId": "0b188582f540acc1da820996ea4273b78b5b0965870ca4e7eaf1714ce2af66ab",
                     *       "txId": "070ca512eb8ca195c473eb300f48ed84fd03f7844dec1c8b0703dbf1c8e5f084",
                     *       "blockNumber": 9
                     *     }
                     */
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
                /** @example vby6mphv6hbpdlh4owmphgbvw5qxc3nc */
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
                    /**
                     * @example {
                     *       "patientId": "vby6mphv6hbpdlh4owmphgbvw5qxc3nc",
                     *       "version": 2,
                     *       "statementId": "0b188582f540acc1da820996ea4273b78b5b0965870ca4e7eaf1714ce2af66ab",
                     *       "txId": "fec9e56218e9cc2145a4bdbbebbe91090036473f0d4fc88cd9b846b3f8629e7f",
                     *       "blockNumber": 10
                     *     }
                     */
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
            415: components["responses"]["Problem415"];
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
                /** @example kzrms6zyju7urohjt3wgcqrfiw6omium */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1796041379570,\"nonce\":\"4d6b7070f36dfdf24189432049c82370\",\"patientId\":\"kzrms6zyju7urohjt3wgcqrfiw6omium\",\"submitBefore\":1796042279570,\"successor\":\"3p45eqt552ldh6zf5iqomz7nmimhgk4g\",\"type\":\"Succession\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "02a5539173e431cc80b827f4c2659f77f56aff9ed34bd36cb1b9d8a9465b412a5f",
                 *             "signature": "a8f440cde3497181fa9172ae0035190a5ab11ee2eda8203d36706a8f5c9fabc21003bf9c1fa4e1adc02791815bd7c42d9a2f92165570d61ab1dd3f9fc8c5e852"
                 *           },
                 *           {
                 *             "key": "030120b21a0efdde380e4fcbe05e9a9782a532a643ff1fd57a25d940da80d2b815",
                 *             "signature": "b628d02d7e3c2185dc47a2a395d5eb713c13b7fb73e78ac2586b39d4cdfc0f0504813666997ca1d94fbba0b84e40be726e291e32200a2b8977ee69a960ac7b88"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                /** @example zjf3voqy5ebpavlwmnexszvi2na63mgo */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1797236278989,\"nonce\":\"4856ce51d605301f357c21f782501c3d\",\"notAfter\":1797239878989,\"patientId\":\"zjf3voqy5ebpavlwmnexszvi2na63mgo\",\"receivingKey\":\"02ebd6588fd07599fc07cec4522c7383f528b816a10b69b6e5b4030c82976c2313\",\"relation\":\"prn\",\"representativeKey\":\"027604cc293c88beb5b2ea4f9c8cfb06708ba472481f8c5e7ddf8f04317e186a6c\",\"submitBefore\":1797239878989,\"type\":\"Representation\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "033a1519adbb26f5b8389c66a0fb65c8f5e30c69ddefaaf2dfe0ec1de2894356da",
                 *             "signature": "d9c4ed0d47104d8b64363d0e32b4cff6f9d6cc1dde83e6faf3301aeb0e2734b82fbf53e0be28f637f1bff568cd7c1150275e372adec1a5ba243dc7f0b2fae250"
                 *           },
                 *           {
                 *             "key": "027604cc293c88beb5b2ea4f9c8cfb06708ba472481f8c5e7ddf8f04317e186a6c",
                 *             "signature": "c5d10eb01eb5cea0e45d8706ce966f399aefaa75f505510f725e6a6aa0092fc54c55fd7aaad8f0d9ff1f504311dd0c66ef38958cc3bfeb88802a04c24d7b15aa"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "statementId": "e87b5f85edf8dc15538885a7cee1e0628de50dbc17f38d78c2ec1b249b5151aa",
                     *       "txId": "0cc0db40437089a27bff89156afa931c9b6c538dfc02faab6bc1ca1a83724e7c",
                     *       "blockNumber": 20
                     *     }
                     */
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
                /** @example zjf3voqy5ebpavlwmnexszvi2na63mgo */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1797236278989,\"nonce\":\"9e86da5c3fe1be8024c84731bd25f1f5\",\"patientId\":\"zjf3voqy5ebpavlwmnexszvi2na63mgo\",\"representationId\":\"e87b5f85edf8dc15538885a7cee1e0628de50dbc17f38d78c2ec1b249b5151aa\",\"type\":\"RepresentationEnd\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "027604cc293c88beb5b2ea4f9c8cfb06708ba472481f8c5e7ddf8f04317e186a6c",
                 *             "signature": "2950d26411b625ec10adb3ac58f7ded5c07b76ae40d4a166816e24b8e77ac7fc1356b02799776a3014feae6e8e3342f3f7b0a9717abfe55de46b23a9d864c5f3"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "statementId": "b8f2820e2abd866bf4d91043324e4b64f75ca4046cf862923f0e180eb6dca5f9",
                     *       "txId": "6919a2461d23e763f6e5d5242b40132f0bb0e3957a4bd871e5c0bfd16326a0e6",
                     *       "blockNumber": 21
                     *     }
                     */
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
    changeDelegates: {
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
            /** @description Names a limited key of a patient's, ends one, or both, by the patient's statement; such a key may end itself */
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
            415: components["responses"]["Problem415"];
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
                /** @example 24e2alpncxhwfe463eqx6zqq2gdsl5qk */
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
                    /**
                     * @example {
                     *       "patientId": "24e2alpncxhwfe463eqx6zqq2gdsl5qk",
                     *       "recoveries": [
                     *         {
                     *           "request": {
                     *             "id": "9596be7823451e70ea75dd82793eae38952d5d7abea70ef626ec219e9d6aa468",
                     *             "statement": {
                     *               "body": "{\"issue\":1,\"issuedAt\":1796026558506,\"nonce\":\"71dbe3f1a4f2821e7300a960dfdd34eb\",\"patientId\":\"24e2alpncxhwfe463eqx6zqq2gdsl5qk\",\"receivingKey\":\"023d57e840167e72eaa34c713e3506e9c254c9c1525cb7989b9c4a18f6ac57ef45\",\"submitBefore\":1796030158506,\"type\":\"RecoveryRequest\"}",
                     *               "signatures": [
                     *                 {
                     *                   "key": "036aa170a6558d7a260bd17c4f8fe5ca92c322645c52b930a2f184416715f12e27",
                     *                   "signature": "ffc80351d73874c0447ae126c97978981e8d7db25774dda03ba55d0bb922253f18f0daa57221d9b80bc698b72444c87b175fa6682f4f7121b25575eaac80791c"
                     *                 },
                     *                 {
                     *                   "key": "0295aba745cd689327152cf533b2ace6d9a6aadceabc354d6bcaa60a9d073f4270",
                     *                   "signature": "e14f8cf398799fe2afa839cfdb8feb4b7b6c22799b60de2a4d7f74b3bfbf14577b7f807bf94bd63f3eb962de97ac5570fa514bd191653e42ab1e20119eba59bf"
                     *                 }
                     *               ]
                     *             },
                     *             "txId": "096177df9e231a90650724301951c84edcbbf32a32019c4c34db542120647bc5",
                     *             "time": 1796026558506,
                     *             "submittedBy": "CoreMSP"
                     *           },
                     *           "availableFrom": 1796631358506
                     *         }
                     *       ],
                     *       "guardians": {
                     *         "id": "c89a3a05cd8961678c17a0023ab7825179edf74fb48840a9b7a8e21a8c7cf83a",
                     *         "statement": {
                     *           "body": "{\"backupHash\":\"5291b6f278cf7b493977084d67f56ffa54e6aa7de31be990b37f58e98944b221\",\"guardians\":[{\"receivingKey\":\"02964943ceb63fd0e1642117a100fc1930dedcea595e23082514d3e6fcf98d4abc\",\"sealedHash\":\"69f65d9fa4209a2f5613c4d79ed65eea86fded4d2a0389531081fdeb93830fc3\",\"shareHash\":\"931356f97729c86c58c28aa01827cd82b610b735930239e8a6ee2ad4c0a6c0f5\",\"signingKey\":\"036aa170a6558d7a260bd17c4f8fe5ca92c322645c52b930a2f184416715f12e27\"},{\"receivingKey\":\"035ca871d058c3aa184035112c990b399c0645979202ac6c1681e81c6c08074c9c\",\"sealedHash\":\"341f70eb766c022c5e857b73faab4d03ab3f52d5816ff103384eaf81be0c678e\",\"shareHash\":\"398ab852a8cffa6b919930ac6b0a534dcf21894073bb269d8f4341fb56f7d73a\",\"signingKey\":\"0295aba745cd689327152cf533b2ace6d9a6aadceabc354d6bcaa60a9d073f4270\"},{\"receivingKey\":\"0373abe155cb5b92e5adf2296c784b560ccca600cf83b0101b3ecf74f155b90c97\",\"sealedHash\":\"6378f5b8b8f51018b6d55c1967a598643f622f1228b5a77aafd90321c65704b6\",\"shareHash\":\"7734d0257abd1c3bb5c383f04ad21c9bb7ef1473ee05b2b38700dfb6754013e9\",\"signingKey\":\"02f04631718504a753d3fc8bbceecfa9ed670f6b1735ec75d31c581fa3806712b7\"}],\"issue\":1,\"issuedAt\":1796026558506,\"nonce\":\"bcc4477af359517d76685922d647671c\",\"patientId\":\"24e2alpncxhwfe463eqx6zqq2gdsl5qk\",\"submitBefore\":1796030158506,\"threshold\":2,\"type\":\"Guardians\"}",
                     *           "signatures": [
                     *             {
                     *               "key": "02121992a07e73b2dc3419a5d610b0f648fa674e29ff66184dbe294b12cfe98781",
                     *               "signature": "2a407003a004579314f815d951f1b975f3200cf00ef14e28ab53f0f726bb282a35b0c26e2b6bf52944611f8a790950c26e76ba2c5874b8fac75e94a7b26a8c78"
                     *             }
                     *           ]
                     *         },
                     *         "txId": "83212ea87e7bf551d3d630a740833794ceece68fd0a136e93d0512f3c79e4f86",
                     *         "time": 1796026558506,
                     *         "submittedBy": "CoreMSP"
                     *       }
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example 24e2alpncxhwfe463eqx6zqq2gdsl5qk */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"backupHash\":\"5291b6f278cf7b493977084d67f56ffa54e6aa7de31be990b37f58e98944b221\",\"guardians\":[{\"receivingKey\":\"02964943ceb63fd0e1642117a100fc1930dedcea595e23082514d3e6fcf98d4abc\",\"sealedHash\":\"69f65d9fa4209a2f5613c4d79ed65eea86fded4d2a0389531081fdeb93830fc3\",\"shareHash\":\"931356f97729c86c58c28aa01827cd82b610b735930239e8a6ee2ad4c0a6c0f5\",\"signingKey\":\"036aa170a6558d7a260bd17c4f8fe5ca92c322645c52b930a2f184416715f12e27\"},{\"receivingKey\":\"035ca871d058c3aa184035112c990b399c0645979202ac6c1681e81c6c08074c9c\",\"sealedHash\":\"341f70eb766c022c5e857b73faab4d03ab3f52d5816ff103384eaf81be0c678e\",\"shareHash\":\"398ab852a8cffa6b919930ac6b0a534dcf21894073bb269d8f4341fb56f7d73a\",\"signingKey\":\"0295aba745cd689327152cf533b2ace6d9a6aadceabc354d6bcaa60a9d073f4270\"},{\"receivingKey\":\"0373abe155cb5b92e5adf2296c784b560ccca600cf83b0101b3ecf74f155b90c97\",\"sealedHash\":\"6378f5b8b8f51018b6d55c1967a598643f622f1228b5a77aafd90321c65704b6\",\"shareHash\":\"7734d0257abd1c3bb5c383f04ad21c9bb7ef1473ee05b2b38700dfb6754013e9\",\"signingKey\":\"02f04631718504a753d3fc8bbceecfa9ed670f6b1735ec75d31c581fa3806712b7\"}],\"issue\":1,\"issuedAt\":1796026558506,\"nonce\":\"bcc4477af359517d76685922d647671c\",\"patientId\":\"24e2alpncxhwfe463eqx6zqq2gdsl5qk\",\"submitBefore\":1796030158506,\"threshold\":2,\"type\":\"Guardians\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "02121992a07e73b2dc3419a5d610b0f648fa674e29ff66184dbe294b12cfe98781",
                 *             "signature": "2a407003a004579314f815d951f1b975f3200cf00ef14e28ab53f0f726bb282a35b0c26e2b6bf52944611f8a790950c26e76ba2c5874b8fac75e94a7b26a8c78"
                 *           }
                 *         ]
                 *       },
                 *       "escrow": {
                 *         "backup": "64a4186a535c0b1081c574b3861ec557541ba70fe6654f3fab6eaeed19d650e185929a25e5f286e6322d943e147f89e4",
                 *         "shares": [
                 *           "02f7603d3f1575935ec805151560b9335c33441e7c4f19e785559e8bdbc87d124f18b8299a159e70f561c92b079d75c2d02f6393ed12f4aa025be694894efdd0bf26855296be6f3526fd3ba5167706e4d5677c75d6904f",
                 *           "035123edeb90cdcf8897d2a8b429e00e859e22dde672ce2216405a506b29fbe91c2da83a3c71d6e86eb71959f0ab4f743634ae5d87b4ea3b16c51bf56543f7a812e6dbc3e31edb38e0a33e5ffd445bab99195a1e01f53f",
                 *           "03cd6dd7346b135d19da4c051b7226d3536dcce73897e665498e15cf14afd415753883996d3cd29e18edae4bce1ec8e1b948f344336925f99ad9c02f99dee894ec822819a8cd1dd80b52c18b728c818577c6c33ce423aa"
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "patientId": "24e2alpncxhwfe463eqx6zqq2gdsl5qk",
                     *       "issue": 1,
                     *       "statementId": "c89a3a05cd8961678c17a0023ab7825179edf74fb48840a9b7a8e21a8c7cf83a",
                     *       "txId": "83212ea87e7bf551d3d630a740833794ceece68fd0a136e93d0512f3c79e4f86",
                     *       "blockNumber": 9
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example s3ebd6z56bnydiwbqmmunbxrdyooy2o5 */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"backupHash\":\"5b7d130b62a2577709213d85835c305cdf0b8c6334b13abbee6485b030a42ce1\",\"guardians\":[{\"receivingKey\":\"02feeeaa00e9c43e013db53bacf95a7a6e4cbf0a06a041f78bd897e3dcebf829ad\",\"sealedHash\":\"ac3acaa974beb26c91a87320ff4d44b0ca141a2146c59126fa6796548bc673d4\",\"shareHash\":\"bef7af4e93731d5d688ccce9fa5a65b40db3310031fc09abdf200b593885ffa9\",\"signingKey\":\"029020d2f9b22c46ed74d34d432556ce6c1fa0957a5712486298bb8a29ee506c2a\"},{\"receivingKey\":\"03dd7dadde56250efd2cacdf73ccda849613bb15ac609ba6b9dd103ef1e8ab560f\",\"sealedHash\":\"fbf5c0ef92f65f69d8fbdeacdf55b9deba19763b2ce9175b5cbfc2d06edc7675\",\"shareHash\":\"f2de2b07e961b2a6c594303a37b4d0a4c7b786c84249f810c081458e41589e73\",\"signingKey\":\"025ded535325d43d7f3f69d59862879f5f860b6472f7163c35a3dce51532edb394\"},{\"receivingKey\":\"026a80c430594525d71ee9ffdcfe38c36c512d5e387e8f7736137114c150135b1d\",\"sealedHash\":\"a39d7ee73a32f835b46492860c043da70b2a584f5d3490d921df078710215309\",\"shareHash\":\"2621244592caebc9aa0c2ddf66153286ca9fe591eb8a6fbe22dd50ea2cd405fb\",\"signingKey\":\"02b8ddbb19575781257acbc41987571653ebbb72268950a7d8a7e76c0457ede269\"}],\"issue\":1,\"issuedAt\":1798362995686,\"nonce\":\"c8cf5ac5a5d22d8c955fdc081db1ed29\",\"patientId\":\"s3ebd6z56bnydiwbqmmunbxrdyooy2o5\",\"submitBefore\":1798366595686,\"threshold\":2,\"type\":\"Guardians\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "0305616490c448b116445446dacb46f159111347ff796377229b2c6c9aef1cddd4",
                 *             "signature": "b5e601a40e90abedc76012573497a0c1a8aa6c2c0e7df1fd2e0b98cd5e5c6a210732fcb5d48c26c93d5ec554bf5079f21580f39d697f261152626171469a58cf"
                 *           }
                 *         ]
                 *       },
                 *       "escrow": {
                 *         "backup": "7903c32eeffc8b3e6f166e6150270c6d3343688dbedc418104f69eadbb7c5289221b1c20e10ded3e619c14d0811ba589",
                 *         "shares": [
                 *           "024b994a11fd216c51e3d0f125caca8069b3691a47683afb068270431fd58da5a4043bd83229863d5143fe93caab189ed0657e7da294d4b7d014b7c031ec89721ebfcf82eac978f2dd8326fe5c257452cbc6ec3812bb15",
                 *           "020a72bb0b4a1ae02970ba696b7bc7e35d5d8603550b2ff87f19d537ff397c59364133b2548c7896719d649f0b46d3c043e3fb62a6f6b8cacbaf879ab5fda28ae33c840971a1645e73fc00d05491fedc04c3df20101090",
                 *           "02c3aebab27bd7b6f3b98e7c3d898fde78a99e0cc385a7661b92d4128305406b3cdd31d0c7d8886b78e567c0344ef4e3a3bf67824493d47ac15029b64f9096256ddfebf34785d48b209dbf357e393b46272b193e7b2200"
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "patientId": "s3ebd6z56bnydiwbqmmunbxrdyooy2o5",
                     *       "issue": 1,
                     *       "statementId": "a7ebff66a08fc44b8722e4ebb4f9778365e57241290bf451e7acc060332398f5"
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example ln6gjyg27totmf4i63uwf4obuqbqs32c */
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
                    /**
                     * @example {
                     *       "statementId": "661c2f9fe189f94ea8d867a475dffe8a7493f04d60f130ca3f198cc0c0e7b61d",
                     *       "issue": 1,
                     *       "backup": null,
                     *       "shares": [
                     *         null,
                     *         null,
                     *         null
                     *       ]
                     *     }
                     */
                    "application/json": {
                        statementId: string;
                        issue: number;
                        backup: string | null;
                        shares: (string | null)[];
                    };
                };
            };
            400: components["responses"]["Problem400-10"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-7"];
            404: components["responses"]["Problem404-10"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-9"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 1 */
                issue?: number;
            };
            header?: never;
            path: {
                /** @example 24e2alpncxhwfe463eqx6zqq2gdsl5qk */
                patientId: string;
                /** @example 0 */
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
                    /**
                     * @example {
                     *       "issue": 1,
                     *       "sealed": "02f7603d3f1575935ec805151560b9335c33441e7c4f19e785559e8bdbc87d124f18b8299a159e70f561c92b079d75c2d02f6393ed12f4aa025be694894efdd0bf26855296be6f3526fd3ba5167706e4d5677c75d6904f"
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example rhpchkmu7vtfnt7adp3mbocvlpxzg4uj */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1796025744987,\"nonce\":\"099562766cd930ca39467e5f04753dae\",\"patientId\":\"rhpchkmu7vtfnt7adp3mbocvlpxzg4uj\",\"type\":\"Freeze\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "036be2d7b73fdd265e68f087a0a948adc94d551c41ed3011e3119dd382a57ea757",
                 *             "signature": "3131865c248268277fad8bfd110773695ffadb6ced99ff53d48959b14cf969bb32efafdfdbfd977bcb7ef1527ef7b64312cdb23409e829fc533d3452be6aa10e"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example ezhpasvqmijf7746th3rg5mb3bey4lmd */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"freezeId\":\"6dba5a6edc7c835b0c11ab59842b9df3e1ca7127e893ec1744d7e6dc43896d38\",\"issuedAt\":1797236278989,\"nonce\":\"a8c3826ccadf29e9960400e44dc6d6d4\",\"patientId\":\"ezhpasvqmijf7746th3rg5mb3bey4lmd\",\"submitBefore\":1797239878989,\"type\":\"Unfreeze\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "02ca52485b78dfe56b5abcabef35440466955295f8495ab89ae2fcbeceff14a233",
                 *             "signature": "1df9022af93498152b902be0379fce50953ac8e680c89655d64787982cf811147da4ff14fa4119d433e1cc28c51a7ba4d50aa29adc775c7a1556205b63f1a333"
                 *           },
                 *           {
                 *             "key": "03bc80ff92cfb1102a68fe6d0c278db80f5047a41ce06bac99b769d0bb7ae50905",
                 *             "signature": "45495d496d8fc70ef0acc15d36a3887d4f4b4f6708eec16a5eba0b80d3d3781f7780e5e76d01e457c8297291baeff6301c0faa98f1b2d8c2e721274fd5751389"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "statementId": "eee4a37b5c88537d1fe1be3f7603ebb98abb266346d1972e40d1c8272bad78e1",
                     *       "txId": "c01effcff6688108f49a87b50c491e18693cd65f31076e1b1e4d351f69aa410c",
                     *       "blockNumber": 18
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example 24e2alpncxhwfe463eqx6zqq2gdsl5qk */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issue\":1,\"issuedAt\":1796026558506,\"nonce\":\"71dbe3f1a4f2821e7300a960dfdd34eb\",\"patientId\":\"24e2alpncxhwfe463eqx6zqq2gdsl5qk\",\"receivingKey\":\"023d57e840167e72eaa34c713e3506e9c254c9c1525cb7989b9c4a18f6ac57ef45\",\"submitBefore\":1796030158506,\"type\":\"RecoveryRequest\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "036aa170a6558d7a260bd17c4f8fe5ca92c322645c52b930a2f184416715f12e27",
                 *             "signature": "ffc80351d73874c0447ae126c97978981e8d7db25774dda03ba55d0bb922253f18f0daa57221d9b80bc698b72444c87b175fa6682f4f7121b25575eaac80791c"
                 *           },
                 *           {
                 *             "key": "0295aba745cd689327152cf533b2ace6d9a6aadceabc354d6bcaa60a9d073f4270",
                 *             "signature": "e14f8cf398799fe2afa839cfdb8feb4b7b6c22799b60de2a4d7f74b3bfbf14577b7f807bf94bd63f3eb962de97ac5570fa514bd191653e42ab1e20119eba59bf"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "requestId": "9596be7823451e70ea75dd82793eae38952d5d7abea70ef626ec219e9d6aa468",
                     *       "availableFrom": 1796631358506,
                     *       "txId": "096177df9e231a90650724301951c84edcbbf32a32019c4c34db542120647bc5",
                     *       "blockNumber": 10
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example jdikaspgrsjlippxolvbfwbvip4ssdab */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1797840958506,\"nonce\":\"b52ae5a188e6b1d4add2f2be27ff4bf8\",\"patientId\":\"jdikaspgrsjlippxolvbfwbvip4ssdab\",\"target\":\"36243dea46a765372b8f1a3eddb130e2b8018be5eb4a995d91fd67db1c5a4380\",\"type\":\"RecoveryStop\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "03b20a630101ff2d600c8a0e6aadeb614d65f1c280e6916fb4d263ce56d12f18f4",
                 *             "signature": "a387b39f37215e27a3c46362e97253ac8e2e09af9616c61d3373540ec45146e13c39276c5817d0242b11eaef56b2582c7ed8f68df566e7f78d613074e690327b"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "target": "36243dea46a765372b8f1a3eddb130e2b8018be5eb4a995d91fd67db1c5a4380",
                     *       "statementId": "3f11a632769a26db37004dd5c263031cbfbf6b4cc1e438880743c087f6da7853",
                     *       "txId": "b068754689cf617d1b3a86cba1db80329b33fe24ef47a8c73a89fd647171f1c8",
                     *       "blockNumber": 25
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /** @example jdikaspgrsjlippxolvbfwbvip4ssdab */
                patientId: string;
                /** @example 969643e3dab6e30171ffbd896ad93417e973dffa4f87da39bda75455cc63e08b */
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
                    /**
                     * @example {
                     *       "target": "969643e3dab6e30171ffbd896ad93417e973dffa4f87da39bda75455cc63e08b",
                     *       "txId": "641914a0fdc0b0ee03cbc0b024eb4f40a68e9c4021f85fae150a55ba3f349c59",
                     *       "blockNumber": 30
                     *     }
                     */
                    "application/json": {
                        target: string;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-11"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-8"];
            404: components["responses"]["Problem404-11"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-10"];
            410: components["responses"]["Problem410-2"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 24e2alpncxhwfe463eqx6zqq2gdsl5qk */
                patientId: string;
                /** @example 9596be7823451e70ea75dd82793eae38952d5d7abea70ef626ec219e9d6aa468 */
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
                    /**
                     * @example {
                     *       "issue": 1,
                     *       "backup": "02f588c6182f4fefc825d1d2bc8a65686c8dadd771d2b59791e41dd5c574c18be2baa5fe9d3c29b1e2e3ef6c4155c4e66790ee7b668eff73a4b60874e8cd2048f1b8a56f59e84437e624189ed668b2118d3262b35248483b207714e453c711b468"
                     *     }
                     */
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
            429: components["responses"]["Problem429-3"];
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
                /**
                 * @example {
                 *       "subject": "dr-self",
                 *       "role": "physician"
                 *     }
                 */
                "application/json": {
                    subject: string;
                    role: string;
                    department?: string;
                    /** @enum {unknown} */
                    keys?: "gateway" | "device";
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
                    /**
                     * @example {
                     *       "mspId": "CoreMSP",
                     *       "staffId": "s-badad5fcca599fa66681",
                     *       "role": "physician",
                     *       "keys": "gateway",
                     *       "certificateNotAfter": 1798618137228
                     *     }
                     */
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        role: string;
                        department?: string;
                        /** @enum {unknown} */
                        keys: "gateway" | "device";
                        certificateNotAfter: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
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
            403: components["responses"]["Problem403-9"];
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
    getCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the key of the caller's certificate is, and the certificate itself where that is the caller's device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        keys: "gateway" | "device";
                        certificate?: string;
                        certificateNotAfter: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
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
    certifyDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    request: string;
                };
            };
        };
        responses: {
            /** @description Has the hospital's CA certify a key of the caller's own device; a key that the gateway kept for the caller ends */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mspId: string;
                        staffId: string;
                        role: string;
                        department?: string;
                        certificate: string;
                        certificateNotAfter: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-12"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-12"];
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
    bindKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"envelopeKey\":\"037ca126d10b50cc93d7d1a13e9e7255160b79366ecfe8267985ad747bc1db4a6a\",\"issuedAt\":1796026440360,\"mspId\":\"CoreMSP\",\"nonce\":\"e7c45fdbea6ba893c88e631841edc540\",\"receivingKey\":\"0286856a3c0a4e3ff8d704f3bd97f37029fe4ae26a328c3239c6105501ac5f7ba9\",\"requestKey\":\"03f34cd39ba4e9deba8a1d7cbe69878545c57feeebf245d5d3124b3ec338b06705\",\"staffId\":\"s-3209cb159897d77938b6\",\"submitBefore\":1796027340360,\"type\":\"KeyBinding\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "03f34cd39ba4e9deba8a1d7cbe69878545c57feeebf245d5d3124b3ec338b06705",
                 *             "signature": "999d6383a1c177c52d1846e915c8cf3a5a0873c40eb28c441ef67fa815f750f03d945c5d0715d3370027d66742af2bac25596aed1f1cb6d08ec6b828bf512806"
                 *           },
                 *           {
                 *             "key": "0286856a3c0a4e3ff8d704f3bd97f37029fe4ae26a328c3239c6105501ac5f7ba9",
                 *             "signature": "fd9f3012fb65a9e8c48a61cd6c160c94bea02a84ea0bb6482ba7cac554de6a9d545dec378f749f94a90aa97679b0bc6a2e7956a8cefaa9078c5cdf24e513b2ba"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-13"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-13"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
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
                /** @example Regional1MSP */
                mspId: string;
                /** @example s-95bce2716bbb96064196 */
                staffId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"cause\":\"left\",\"issuedAt\":1796041431347,\"mspId\":\"Regional1MSP\",\"nonce\":\"46d80ffa58946bc80d6126508fedbb05\",\"staffId\":\"s-95bce2716bbb96064196\",\"target\":{\"kind\":\"person\"},\"type\":\"Suspension\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "0313ae2003132eb69caed32295d535b270c823b456a16dd82d7a11854f13ce253e",
                 *             "signature": "31e9b68c46a21e00acf455a273a07eab5def06ac434c0bbd81ff0b9f69e60d4709a13a29da3e860d92b93b1c7171a9d63642c296d842ae483f5a6619ee996d87"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
                /** @example CoreMSP */
                mspId: string;
                /** @example s-ee9286aa4581769e7e1b */
                staffId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "target": {
                 *         "kind": "person"
                 *       },
                 *       "cause": "left"
                 *     }
                 */
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
                    cause: "left" | "lost" | "compromised" | "error" | "replaced";
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
                        cause: "left" | "lost" | "compromised" | "error" | "replaced";
                        time: number;
                        txId: string;
                        blockNumber: number;
                    };
                };
            };
            400: components["responses"]["Problem400-12"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-10"];
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
                /** @example CoreMSP */
                mspId: string;
                /** @example s-3209cb159897d77938b6 */
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
                            cause: "left" | "lost" | "compromised" | "error" | "replaced";
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"department\":\"ward\",\"issuedAt\":1796026185527,\"members\":[{\"envelopeHash\":\"cb83d2b6d74781d6f510914c2f48dab69d33639fc0ebcd34bec8a7c6cd1dc6ab\",\"staffId\":\"s-6967a058a6572455fab4\"},{\"envelopeHash\":\"a92d73aa2742eac70c29c352394a2d96fe34c0c5cdb45ee705865469ffd3aec7\",\"staffId\":\"s-6da0dd5f8a3fbbc36d32\"}],\"mspId\":\"CoreMSP\",\"nonce\":\"783cbb3f9ee2434ae85cfe6d584ba7ea\",\"receivingKey\":\"03b5524448b2ba147c2a615fcb63a1b03ea20088bef868b48b65d053000bdb1f35\",\"submitBefore\":1796027085527,\"type\":\"Membership\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "023fa85cd2e2cc687473ec2c0f3436c7295c42c7f53bb296408e7fb0918ca8a358",
                 *             "signature": "2c0b195ec01bf5b2361bc99df0ded0ab4bd5592d34246a2a35807db4a085ac9c582b02b0a134d97f144b361183d452096c42f186c3c8ec8ba22663797e0d6b50"
                 *           }
                 *         ]
                 *       },
                 *       "envelopes": [
                 *         {
                 *           "staffId": "s-6967a058a6572455fab4",
                 *           "sealed": "02f38824ae0ca31f284861cad060709f45d7aa988719649c7c61da9e2e70e92486c7f27cda7116b49f4fdb8ecc46882084cdb0fa6be17116d6b7a88afc29aafcd08bf4df71f44bf67e5a58e6f84e24f003"
                 *         },
                 *         {
                 *           "staffId": "s-6da0dd5f8a3fbbc36d32",
                 *           "sealed": "039306a0d8ea3c01b94bec22b232deb49069edff58f390e880cfac8bfff75f4b49932a1d290c1deff01496ddf4639163225af0722b238da859ad5bffa1940bd75504e1f1683018045f1a178b907312c5b2"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-13"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-10"];
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
            header?: {
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"department\":\"ward\",\"issuedAt\":1796026308380,\"members\":[{\"envelopeHash\":\"63e9e2c423cf49778787d37dac9dbdbb5a7c1cd59b5e7665d6a907f6689b55b1\",\"staffId\":\"s-6967a058a6572455fab4\"}],\"mspId\":\"CoreMSP\",\"nonce\":\"64a7bd3fb6fcfb026beedfced501df89\",\"previous\":\"da9c0de6ff28e5d155d6477f3cf6a099400b5a99a0155c74bab934e0ab4a63a1\",\"receivingKey\":\"025ad95864e8c9e7b7f6b72fd3f441b5e0d8e610b6863ea093bd58cab9c8429e09\",\"submitBefore\":1796027208380,\"type\":\"Membership\",\"version\":2}",
                 *         "signatures": [
                 *           {
                 *             "key": "023fa85cd2e2cc687473ec2c0f3436c7295c42c7f53bb296408e7fb0918ca8a358",
                 *             "signature": "bbf0f9b531f1f8181cf2ae4e6bca1b773c0d30d30d3a0c4fdfdb59d68414ea2224a246616006d5b85a9aedcb8faeadb2bf229bac3c3719a0177a04399fa4ceba"
                 *           }
                 *         ]
                 *       },
                 *       "envelopes": [
                 *         {
                 *           "staffId": "s-6967a058a6572455fab4",
                 *           "sealed": "02da4c0afdf8a791ae34bfda9ffd8744bb5226aa08b1ff730b3813c9af3e720aab66023bbb85a933386d13f97dec39868ce1047b0369b00ca44cca36e89cb5a2bbd00e6dac61361f540c09fe0ca27b903b"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-13"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-15"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-18"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
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
                /** @example Regional1MSP */
                mspId: string;
                /** @example emergency-room */
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
            400: components["responses"]["Problem400-14"];
            404: components["responses"]["Problem404-16"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-19"];
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
                /** @example emergency-room */
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
            400: components["responses"]["Problem400-14"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-17"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
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
                /** @example r2imxn6vz72c3i2wmzdwkhgiyvsruauz */
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
            400: components["responses"]["Problem400-15"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-17"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-20"];
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
            400: components["responses"]["Problem400-16"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
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
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"author\":{\"kind\":\"practitioner\",\"mspId\":\"CoreMSP\",\"staffId\":\"s-45e74eaf22f6d356b608\"},\"cid\":\"bafkreiampgh4wajowl6yp64hvyekg6wnrco3ymz6vh2su6p7irho7l4kci\",\"contentHash\":\"f1a50d81a09fe16c71a7da5ba106a2d3239db8a51228665785840ad278188390\",\"epoch\":1,\"issuedAt\":1796025820540,\"label\":\"38dbb0d09ec6ebd1a2f3b526d77e4755613ce99a71cd67259104955da9cddf3d\",\"mediaClass\":\"document\",\"nonce\":\"a569d3a05c652ac8c308399d46e1011d\",\"patientId\":\"6wrsyokneuow44xlxfikrnh5sq4g53xd\",\"recordId\":\"e50800d40bf4d476a35b009d86af6f08\",\"sizeClass\":8,\"submitBefore\":1796026720540,\"type\":\"RecordManifest\",\"version\":1,\"wrapHash\":\"95114530e9941a61ae7ed23c6c55da814039eda591903ae146be45887467ebc6\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "028b5665c0cf263e35bc966048db3e377f86c0c178524e907029d1d4bf4ed85dba",
                 *             "signature": "00dcddb4b8389c0685501b19be6adec8beb58d636faefb0721488455d31ab799596c14b685065c29f56b828618c142ce3bf27d3e080db0f2b3ff980b41e0913d"
                 *           }
                 *         ]
                 *       },
                 *       "wrap": "0356e68edd463924df4431055b1b5f8d5f4fea469c60c7d0682888bcd8d901935c03db2c2e9c340e1cb5e3413265037f618e104afe6d2abcbccfa60b03c85c8545aa80a6284e6cddb8841b2e35b88cb5ca54956190e756bdd786074cfd1e42ee0b3f753af3b6a9efeda5fd1d2a25a07c1f452172b7505215d76a034d3d0cdc176c7dd91f41ac7b181750b00c81c2812d3ff8d023ee68fd7c90e246723848df83a411e53aaab18f12741d"
                 *     }
                 */
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
            400: components["responses"]["Problem400-17"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-22"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-3"];
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
                /** @example rhpchkmu7vtfnt7adp3mbocvlpxzg4uj */
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
            400: components["responses"]["Problem400-18"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 400049a48da6f4cf509b5131e505a46a */
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
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example e50800d40bf4d476a35b009d86af6f08 */
                recordId: string;
                /** @example 1 */
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
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4.1796026501460.1459f9f1191cec383501b91ddd0f874461a50da4d5e92bd78e5fe051f835f68b */
                event?: string;
            };
            header?: never;
            path: {
                /** @example 72a33388d0a513f19eaca07b81762945 */
                recordId: string;
                /** @example 1 */
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
                content?: never;
            };
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429-3"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-12"];
            507: components["responses"]["Problem507"];
        };
    };
    getContentOutline: {
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
            /** @description outline of the ciphertext */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429-3"];
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
                /** @example e50800d40bf4d476a35b009d86af6f08 */
                recordId: string;
                /** @example 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"epoch\":1,\"index\":{\"hash\":\"95f95b7897b7d4627240ac0350f09f91b7a9ee7a7d1a21b55c05530ae4b34fcf\",\"issue\":1,\"key\":\"027cf651fc12c0869029d14a5a55baa446e330fe7804f4afa0718898cb0a79577b\",\"truncated\":false},\"issuedAt\":1796025871363,\"label\":\"38dbb0d09ec6ebd1a2f3b526d77e4755613ce99a71cd67259104955da9cddf3d\",\"nonce\":\"f5fe94db0de5c44cc8c2800386cedce7\",\"patientId\":\"6wrsyokneuow44xlxfikrnh5sq4g53xd\",\"previousWrapHash\":\"95114530e9941a61ae7ed23c6c55da814039eda591903ae146be45887467ebc6\",\"recordId\":\"e50800d40bf4d476a35b009d86af6f08\",\"submitBefore\":1796026771363,\"type\":\"Rewrap\",\"version\":1,\"wrapHash\":\"e5ba94108d2146669ed93010ed2ced3e18bfce09acad66ef751d3c2ce5bf8a26\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "0230916995cb9f99e788a9b3e44e4db06dcdcaf382e85c96395d02f456f2f9c65b",
                 *             "signature": "b11a73fa96aa4b2f1779eab60cead473e9f93ef6fa3dedf22dc8a9a1d9f82ffd188ac487565fb1e48d51a591c42e8ad02285bece6294de84dd2428ca5367cb5f"
                 *           }
                 *         ]
                 *       },
                 *       "wrap": "031f4dde57b701c07fbd3cef68b20087e3d60f0b4f866672971c057cf295b2e8cd03ed4eb9d6d85973f0d317a1f9cc8d4125fca96e460ec52208bc91ec3605a6521e5bfefe13b5eb5aa6df3eaf3e24c63609fc9273b53244053c67e173c1af67ae4b752f93f111179562183389d73b5372cd3d8d927cdb9cce1a4f615e37515bd4f3bfbb49bac509b007c86959995c1cdb3efe2d1f42394c12483f8f1c1b694e4ad7ed42e7acab56c018",
                 *       "entry": "f20c5fc3d705cf40a19ec3b5c1bf930cc322f0cd639b6a9cd8d11aeec5a3cce905ea7707a9be83cbe67c1c746c05073d51eb157c9a9c2044c8739378be51c079b311eda68a68d165b399768219eab345a5388c54005d6076803c414496226c29bf8811cf44364b868519054346640102267966903320098740540f2e2835e393a9b96016dee4b2b82feea52adb31dc4a6fc841cc632ab69b97dea1048dcd9f090319c2d6e4656ce411a7a6147fe3f545"
                 *     }
                 */
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
            400: components["responses"]["Problem400-17"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-12"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-23"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1796025729998,\"nonce\":\"15b14a81194fc3dc6b4a18c6163e7eac\",\"patientId\":\"rhpchkmu7vtfnt7adp3mbocvlpxzg4uj\",\"records\":[{\"recordId\":\"aa3d4af886af2de17d3ffb9b7a007db2\"}],\"submitBefore\":1796026629998,\"type\":\"Erasure\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "036be2d7b73fdd265e68f087a0a948adc94d551c41ed3011e3119dd382a57ea757",
                 *             "signature": "4213975f24be0f60c6559faf61e7043f2c58fd18659d53a402036346aefc14295205edd827aa200aeb09b436d9841d6e4f17ec17a032250e6e8ab5516d6ef455"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-17"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404-20"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-24"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"cause\":\"wrong-patient\",\"issuedAt\":1796025811542,\"manifestId\":\"63f62cede1c8566532dffb53d0a460713c7401c1659548ba55dd4529ece9eba0\",\"nonce\":\"f2224292701a0940c8abbec21fb5d7ff\",\"patientId\":\"vofwtflewedjjfks434yayhxwlakowuj\",\"recordId\":\"f441d0d4eca9a41ca0dadddb4b24b521\",\"submitBefore\":1796026711542,\"type\":\"Withdrawal\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "028395aa9dc91449aeb8edd269b34ca0823bf558a824258a501972ae6c691865eb",
                 *             "signature": "107a8ac86667f361c1e54c66624fd860616e4fe7a395f01d1ad7dcf9bdb432b32d6685d985fe38742f9a085e6a563db127be3b59728992fc4f32cddd792e3943"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-17"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-19"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-22"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 258d3439eb0058c7092336de121b335c9d16e333c17a9b3e08a68e3084251f75 */
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
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 82a6a335672a1790323d733bd517d1414b03b75d99cba5f5b4191051153410a5 */
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
            400: components["responses"]["Problem400-19"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-18"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-21"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                content?: never;
            };
            400: components["responses"]["Problem400-21"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-26"];
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
                content?: never;
            };
            400: components["responses"]["Problem400-20"];
            404: components["responses"]["Problem404-21"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-25"];
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
            400: components["responses"]["Problem400-21"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-26"];
            410: components["responses"]["Problem410-4"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413-3"];
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
                content?: never;
            };
            400: components["responses"]["Problem400-21"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-26"];
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
                content?: never;
            };
            400: components["responses"]["Problem400-22"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-22"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-26"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"directoryVersion\":2,\"issuedAt\":1796025665733,\"keys\":[{\"epoch\":2,\"issue\":1,\"key\":\"02f9bdc9023853a5b1840344fdadcce471c5a0b417b89b665db355abf88ef73382\",\"label\":\"e361b52494d509dc83824d1704f68e0a7cccdec67ed430918277db28e8d4637d\",\"wrapHash\":\"14efa9ef54aa9a992bf6cfeea22b3513662680c693d64d01c4205715cc7f78e7\"}],\"nonce\":\"a63e6b8a7537fdeca2db06e922c91a39\",\"patientId\":\"r2imxn6vz72c3i2wmzdwkhgiyvsruauz\",\"submitBefore\":1796026565733,\"type\":\"SearchKeys\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "0290955866275f65c12958bf20f0fc22b7bca052241c6af91002242cace874e4b9",
                 *             "signature": "25977364d480c5dd23ec2e963f05509775b788343b7ef20bf70a0b4674dd5dce1f30b7138f2b94623aaee74dd5a59dd50aa551572bad4b7cf427f385e517b130"
                 *           }
                 *         ]
                 *       },
                 *       "wraps": [
                 *         "02a1cbc63a01b3a3c2bc30ef8815a79ad9f7e7c60a408c0899e45ca7ab2fcfb3f8022b8d97ac80b5450633eb30a2c0476fc8078741355d390f66880df21ce2f215e64bb87794300813fe8398e0c9dae529fe157cea3638ec0f24c8e4ed8a605e0a38d3657cb2601d45b4e296e20c04db529587b51f567a278aff58c489c0fe6424d6efdf88dcc5a6be7fc59fd4b1bcf65def8064ebef606d9bef4e3af8fd0b72ab911cddd498f4e1db7f"
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-23"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-13"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-27"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
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
            400: components["responses"]["Problem400-24"];
            403: components["responses"]["Problem403-14"];
            404: components["responses"]["Problem404-24"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-28"];
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
                /** @example 6wrsyokneuow44xlxfikrnh5sq4g53xd.1796025854381.e13d86509a350f6dfb0c7a730ac969d60582f26aef3181e926f4f85311766652 */
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
            400: components["responses"]["Problem400-25"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-25"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-29"];
            410: components["responses"]["Problem410-2"];
            415: components["responses"]["Problem415"];
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
            400: components["responses"]["Problem400-24"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-16"];
            404: components["responses"]["Problem404-26"];
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
    listIndexLinks: {
        parameters: {
            query: {
                /** @example 015b19696362439812c60f770587c60aefa0d10b278acaea50987fb761fdfec4 */
                label: string;
                event?: string;
                after?: string;
            };
            header?: never;
            path: {
                /** @example 6wrsyokneuow44xlxfikrnh5sq4g53xd */
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
            400: components["responses"]["Problem400-26"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-17"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-31"];
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
                /** @example 015b19696362439812c60f770587c60aefa0d10b278acaea50987fb761fdfec4 */
                label: string;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example 6wrsyokneuow44xlxfikrnh5sq4g53xd */
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
            400: components["responses"]["Problem400-27"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-18"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-32"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1796025635448,\"key\":\"02481c7879105c9422ce4679f491326fd8c419adbe15b0baff590712dbe06c045a\",\"kindsHash\":\"6212c4023287c8167f67a566c179561ec087f79c58d900feca77412ec6d1bdf8\",\"label\":\"e361b52494d509dc83824d1704f68e0a7cccdec67ed430918277db28e8d4637d\",\"nonce\":\"8f10f971e9ccd541cc6a00656dfb735c\",\"notAfter\":1798617635448,\"notBefore\":1793433635391,\"patientId\":\"r2imxn6vz72c3i2wmzdwkhgiyvsruauz\",\"shortestWindowMs\":1000,\"submitBefore\":1796112035448,\"type\":\"Device\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "0290955866275f65c12958bf20f0fc22b7bca052241c6af91002242cace874e4b9",
                 *             "signature": "f9e14b871dbed4808c6196168103ee25ec9e26b5d22cd9cde516a8f1ac560f5e456dbf8181a6cbf4932fc428d2a2b1435c347e386a79213d8b35d34090eb733b"
                 *           },
                 *           {
                 *             "key": "02481c7879105c9422ce4679f491326fd8c419adbe15b0baff590712dbe06c045a",
                 *             "signature": "cc7c832a31fa6096ab48249e268128398eb5f7e920e3df1f8900bf0cd4f4afaf69304a014cca66c05ce93ff6192cf1fb5e40cb954c4b87ee256720941a0b9856"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-28"];
            403: components["responses"]["Problem403-19"];
            404: components["responses"]["Problem404-28"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-33"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"deviceId\":\"989948c44da1ae207725d7aeeba5dd838539ada6e17ef06272a0dfbdba37b517\",\"issuedAt\":1796041403696,\"nonce\":\"d8be0ff809650ac63dcfbad33400c319\",\"patientId\":\"ukasmnjcwrior4cgraytxyl3fwsk2sib\",\"type\":\"DeviceEnd\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "034adda53e0715c7978eb319d814ce90dcbc4a35103dc5b3eab293734cafca8a79",
                 *             "signature": "8eb66d935f9705b998195219c9555bccbd69cc7ddda5e4b8f2a3967189a628cb1531bcb018852171ae0c0d488ddea69ba9b5456dc4c7fbfbe236a0867b8ec693"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-28"];
            403: components["responses"]["Problem403-19"];
            404: components["responses"]["Problem404-28"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-33"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example ukasmnjcwrior4cgraytxyl3fwsk2sib */
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
            400: components["responses"]["Problem400-29"];
            403: components["responses"]["Problem403-20"];
            404: components["responses"]["Problem404-29"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-34"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-3"];
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
                /** @example r2imxn6vz72c3i2wmzdwkhgiyvsruauz */
                patientId: string;
                /** @example 310448d3fd422df3fd9a989178830736c87ed8866135d92718283961b1c2802a */
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
            400: components["responses"]["Problem400-30"];
            403: components["responses"]["Problem403-20"];
            404: components["responses"]["Problem404-29"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-34"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-3"];
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
                /**
                 * @description windows with a higher number
                 * @example 4
                 */
                after?: number;
            };
            header?: never;
            path: {
                /** @example ef5e209e514bbee43e38421900000001 */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-21"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-35"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 7d9db35ac32da6600bf95fd800000001 */
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "windows": [
                 *         {
                 *           "statement": {
                 *             "body": "{\"cid\":\"bafkreic26iqoi32be5gpwdn3f5zp6edyn6j76krocex7max4kzjxq4yjgm\",\"contentHash\":\"eb2a95fc6bf043c3580752f0c49c67a2315e32507d0802de53a32c9768567702\",\"deviceId\":\"310448d3fd422df3fd9a989178830736c87ed8866135d92718283961b1c2802a\",\"epoch\":1,\"issuedAt\":1796025635970,\"nonce\":\"75757d733139b947ce0caf9042b53dca\",\"number\":1,\"patientId\":\"r2imxn6vz72c3i2wmzdwkhgiyvsruauz\",\"stream\":\"7d9db35ac32da6600bf95fd800000001\",\"submitBefore\":1796112035970,\"type\":\"Window\",\"wrapHash\":\"94551c374f7a1991b5379eef7f40930feea8ccbc6589cde4892557aac8c0db91\"}",
                 *             "signatures": [
                 *               {
                 *                 "key": "02481c7879105c9422ce4679f491326fd8c419adbe15b0baff590712dbe06c045a",
                 *                 "signature": "9b5df9f54d0988594e741e99e987c5b1c4c24f209f2facfb34d12961a92e0eb32cb12b2a42c77f492cb97828522ee5f0205f8d82f93b55db2e2d4ba76e69019e"
                 *               }
                 *             ]
                 *           },
                 *           "wrap": "0337c79f7a1e4fead08ca874b396ef1590166538a71bb2554967afabaeffd2f1d603db5883aa8172babdac7cdaf5f4fa959fd87c9cb4f2724ab4807f882757168d80c7cf00ea54b5a0da9c87416025f028b9ce56520fb9813b2ebdff595f329e5cdea260304f91dcf0c239d8323603562b125d2d507d90b026bdcec6ce5f8f6c7feb42158eb71dd7a0d8e39ee738465ce4e3d38a16a8a1fdfa6107771cb5c69600c50cbaeb08d6965f34",
                 *           "ciphertext": "AQF9nbNawy2mYAv5X9gAAAABAAAAAQJIHHh5EFyUIs5GefSRMm/YxBmtvhWwuv9ZBxLb4GwEWgAEAADIAIAzP3P4vVRTgo9gEz/xp/3gelp4FoE7dqgss9ZVBYmbRvbmVQiy4CQyhgCFy8woqZqOHRog4ZFyLF50bEUYjEw3fy4QgT2E7gbEDBGDs62GLmuVHPJjr8Ypx1VmwtWrnOesHDqebMXT1DZyP94rXX5TtpHHbf3EAz1BwHkIfKJO7Ro4vxIRDJWczH5YJ0c8/IKFCKUn4Zw8jPLqW5KohMSQHKaCOy4k1sXiotgvzhyKSoUJVJOOgLFzVDb5hSqHkQ5oot1ES+D9hJoi6xw6Y21qP/QhutIOY++whRZ/PUng2PgfXEhLuOferNroa2q6jwcN1upCE6SbtkRQSgJH1wt1tKTw9bcgfDDrb/IAvco5YcjQMOvCoQDwEzLcxh5S3SvSIQTt8eUYe2CjKNvv8ZbYqLt3CwJM5VKDWRodfOxRLzf6LOsst1gHhmfeg6yAR0vNYOO946lZ8ggc3TkSM3gAzyg76yK5Pp+J1D/m9OpSZXfQwy021wlpLgnu/nk68dEfPSZWpimee3nI+64U87suf9uPgTdMdnPsSOc0mbcZlcP3icZaKvx1Of4J6hk1121bJCvMKRJtUGI7vmDrdqAalj8dFzvRm014/VaScak7rnwPLYrdEmcqmHQUWy/vuw+TUBXm3nPQGL8pLz+EbfVoQ8tzksC5XQPO7A+SKQ36pAA1qmy81s4CnG3rkXfQbHJzJ3GfBZrOmMs9R9WlFti0oOkQtME/PN7j42R8b7FrVDcmByniH3HZXwk8pibv55qa7MuNB+KkROFOn3G1Pzn4RPLtKfhrQxZgl3aiHOqryV2VyMzPSOY/SCaQ"
                 *         }
                 *       ],
                 *       "gap": true
                 *     }
                 */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-21"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-35"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 7d9db35ac32da6600bf95fd800000001 */
                stream: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"author\":{\"deviceId\":\"310448d3fd422df3fd9a989178830736c87ed8866135d92718283961b1c2802a\",\"kind\":\"device\"},\"epoch\":1,\"issuedAt\":1796025636841,\"label\":\"e361b52494d509dc83824d1704f68e0a7cccdec67ed430918277db28e8d4637d\",\"mediaClass\":\"signal\",\"nonce\":\"5f058827a44400cf980bc8b123d7e802\",\"patientId\":\"r2imxn6vz72c3i2wmzdwkhgiyvsruauz\",\"recordId\":\"7d9db35ac32da6600bf95fd800000001\",\"segment\":{\"first\":1,\"last\":1,\"root\":\"d7cdc4657a8d279d156f8d5b8d7c5aa10955182cfdbccf145c1cfcd7e4550ce9\",\"stream\":\"7d9db35ac32da6600bf95fd800000001\"},\"sizeClass\":10,\"submitBefore\":1796112036841,\"type\":\"RecordManifest\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "02481c7879105c9422ce4679f491326fd8c419adbe15b0baff590712dbe06c045a",
                 *             "signature": "7eb6f96588ff728f6e203d45376efdc615af3ff8f4d04d968bfb6d89855e4a4955aa99d691442c3121c7bd8d497a015a4d9bc28bd7b55c6207bb3d9c1636067e"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-28"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-22"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-33"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 7d9db35ac32da6600bf95fd800000001 */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-21"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-35"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /**
                 * @description windows with a higher number
                 * @example 3
                 */
                after?: number;
                /** @description for whoever takes the whole segment, and needs no way of each window to its root */
                paths?: "none";
            };
            header?: never;
            path: {
                /** @example 46d8c8d9df120a9651f69d2300000001 */
                recordId: string;
                /** @example 1 */
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
                    /**
                     * @example {
                     *       "grade": "on-ledger",
                     *       "items": [
                     *         {
                     *           "number": 4,
                     *           "statement": {
                     *             "body": "{\"cid\":\"bafkreicl5rbhvftc3xhku66wvqml7ycnvs66dc4ljzedjntt6t42op3cxq\",\"contentHash\":\"10ea16d75fd6ce270e0f02cda96972042483e1f23ab2c91de797b695b217b213\",\"deviceId\":\"653d24bf22afcd3dbc871d6a427d243544038aedfe2555ae4d30ca239be23bbf\",\"epoch\":1,\"issuedAt\":1796026051158,\"nonce\":\"2118b9751c9fd0ca3394ff05cd8c7d60\",\"number\":4,\"patientId\":\"a6nhh45cqinsokcsz3mwdd7ftdgt2zft\",\"previous\":\"5650c18cfd36f7ab870b95a366dd2cf42e5143efa3ee60627fd4c9323d1be429\",\"stream\":\"46d8c8d9df120a9651f69d2300000001\",\"submitBefore\":1796029651158,\"type\":\"Window\",\"wrapHash\":\"e59c06cf0c909ff1ae1cc29de96abda3d00cab620be0fac5f368ff4f58d809fb\"}",
                     *             "signatures": [
                     *               {
                     *                 "key": "030493862a0d247865c178f0961d8f140f8858e43995c2a83b691ffaae114433ac",
                     *                 "signature": "f66a3ed0ea3f0a913a57031fa34e7642f7ff7d8bd12bb3ff5362185d2bc724534e9700315cf75cb0fa611a62dec2607296bc3504c40f229f53ce3390e9981339"
                     *               }
                     *             ]
                     *           },
                     *           "wrap": "0355c9fe607b3bcbadac563a42cb84997a58a866a26cdb6c7e58f64c152eb501770305bb3085f0268b4c88d430adce3352841f74fe7d65597df2ce201a3d13ebe616e6c7a53f850098ed5e3886f296f915f33dab517404236a5f6845d5e0dd456224ab191bf0e656aeabd26bc86171f2076dba270f03b14f342d47cb3d71fadbb912ed7feaaf58dad58c8e6d23c16113ec6cf492e32ee1258c02d88676a87dd52995ffc34a0687352831",
                     *           "ciphertext": "AQFG2MjZ3xIKllH2nSMAAAABAAAABAMEk4YqDSR4ZcF48JYdjxQPiFjkOZXCqDtpH/quEUQzrAAEAADWluu51PQ8D8nQ1l0rMhTjxt4KsldAcDeVY0tJopkTy0ZIgJX8q+ACqS1L3x9KskQMy36bT4WkqFxK4FCuld5iTQPVqncwKe8xPfk7UOPg+t3OvPpHp+/Jy4F+oy7rDnDfzlDvoTS3L8qfx5hRherRgpEtUFWc56fyJoF85tEc7XU8cbBexX4ra59IppNyNYU=",
                     *           "path": [
                     *             "08360699604ca78d4ccbd2977e0ce902c029a7e9d4e2372e454e0cd52bc32e1e",
                     *             "c1ae4e879db5a2e17cc34173a6f7743b389b791193d51b3ee0ec06f854653b8f"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-23"];
            404: components["responses"]["Problem404-27"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-36"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-3"];
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
                /** @example 554db86a5ed6104bcca8a64f00000001 */
                recordId: string;
                /** @example 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"epoch\":1,\"issuedAt\":1796041937140,\"label\":\"eebf8707e26d32c216fc8a25e8e945611c4b4a65c3eb83a9456ab29327c11228\",\"nonce\":\"cc3586338ad8364329c35048ecc22570\",\"patientId\":\"5x7gckc63embh2fukin5akhvg4gsomuz\",\"recordId\":\"554db86a5ed6104bcca8a64f00000001\",\"segment\":{\"root\":\"a9f5e2cae9edaf03903ae456945122b7d8d9bed38b35c699d63fa9651e62b091\"},\"submitBefore\":1796045537140,\"type\":\"Rewrap\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "0331a3b9d9e6e87143c76622b580d3d278da83501f2ffaef6dd2e1f88e9296e2f7",
                 *             "signature": "87a33da31e5883546f49c234c0d19700a5463c791bbcc6051970e08345b52f41309d2168be25fa9f6d6cba0299181dc95e3dd016a24c12d1bb08ccba8fe86373"
                 *           }
                 *         ]
                 *       },
                 *       "wraps": [
                 *         "022d17093240ad3ed3dd36cf0493b415c25fc716759105a231067f1540780d705f029bf77fe6377ff2418cd575cabe4dd13bc0ffca00b20c5500ce9302a88fd60f6fd222b78c0bb583df010b96b425a57974f959419a004036eab9dfc96b12cf4d2a0b0661eb1df1c32509f99eae682ced756d265b586301871f45cb2ba2553ae0d42de72f3ebd96550ebb849a324ac56d7c99fb3d722ade11597bba5fc0b1c1c124a8a887903311b493",
                 *         "0264f9342b5de61adb5db6e0d5d432bbf70a1421c41a45097b4fe01bd8a5b7497d026ae76aaad9f08927baf03ae76383c68c031af540ff9999cb052f8bd3bddf835d19dc4f2abb6176bc28951353e891a01f493781fb55cab4259732bb5ab674126ef16f9a8cb015277b0ec1aca92ef5bdcd3261624a70c7af73026aeaaca26d79df16cf26b2dec835d397322dad9a32bcb9ed3cdb30ae1bdf83150ca794e5eb0a1a3730941ac06d2679",
                 *         "0292ec8a88ff6df97662e0510f2602f4ca071773ad09edc2df8d85c40869c4be4f033ed0a8ee752a71931e8fef0fde5762ab6f5fa83a6a26ce986de2b8787be8fe58e5a66163ddeb4fbf3128b5c903dc217a3ed1306eb646d14e7409e15fba2b1beb669172fe487eb784b58b0cf4b19814384986e8a22d3e26a4abeb2944bcc94ac6f4ca84407680616d9478720b59d54d09b5369639e20b80d1e66017d99af0b4ad303ad28c392d0991"
                 *       ]
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "recordId": "554db86a5ed6104bcca8a64f00000001",
                     *       "version": 1,
                     *       "rewrapId": "22d0a92363f63d12d7c3e898ae813f4c2835e47cd38adfc095a759124ef051fe",
                     *       "root": "a9f5e2cae9edaf03903ae456945122b7d8d9bed38b35c699d63fa9651e62b091",
                     *       "txId": "f824f90ad37f5cef9b6cc89d1cd624bfbc3a64817f4f522e77c6107bcad53ae5",
                     *       "blockNumber": 49
                     *     }
                     */
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
            400: components["responses"]["Problem400-28"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-22"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-37"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example rwnqshiyddqotpdxb7xbc43uyurt77gb.1796041556795.ab07d538eb886e490b8b6e842f7085766c2df1bb7a138eb1ed1fc32cae5fb87d */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "windows": [
                 *         {
                 *           "recordId": "56bf889e13dc698ccd6080ed00000002",
                 *           "version": 1,
                 *           "first": 1,
                 *           "texts": [
                 *             "{\"cid\":\"bafkreiafph2pgmkqmajvd2sgjttccsskznydgn6mmesyhj2z2r2pnry7xe\",\"contentHash\":\"87aede3be1769362f40a554282499200c86f312f3759675eca986d057670057a\",\"deviceId\":\"4bd5023fcf5f114874c4cd267a45f6c9e9945bc81f38ae30d33e8db43037b46f\",\"epoch\":1,\"issuedAt\":1796041556035,\"nonce\":\"60b7a41368b4d93a606e2dac8bb845e1\",\"number\":1,\"patientId\":\"rwnqshiyddqotpdxb7xbc43uyurt77gb\",\"stream\":\"56bf889e13dc698ccd6080ed00000002\",\"submitBefore\":1796127956035,\"type\":\"Window\",\"wrapHash\":\"ea49ffa9a2c72052d729475618b23088719213a6a416d6dc010510bc0d96f586\"}"
                 *           ],
                 *           "wraps": [
                 *             "03b816ff782ecec9cbe8e351e782683b81f8c566b272c128481a0d99fa5479c1710384d6f10ad72e3fe580a3fc9767b14020119ff85bd52a54ef8d45b2803937d729741bf1da63aa003cac40569ba60470f57e99612adaf267fb9a4b0bb55f3541b67ca800835f356b3a6b75aae384f2767f3a651663241712fae740a86873d1ecf47c5a09b73097581d1ab4ae39920ed4474c5264fb9299610536d312aeb06f6e1cd8ac7d10f203b2ef"
                 *           ],
                 *           "path": []
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-3"];
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
                /** @example r2imxn6vz72c3i2wmzdwkhgiyvsruauz.1796025644350.67e6c4ae65c83dfd49655e5ab9fec3299175ebf284da9c7ec3068b162373d0b5 */
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
            400: components["responses"]["Problem400-31"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-26"];
            404: components["responses"]["Problem404-23"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-39"];
            410: components["responses"]["Problem410-2"];
            412: components["responses"]["Problem412"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429-3"];
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
                /** @example rhpchkmu7vtfnt7adp3mbocvlpxzg4uj */
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
                        within?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                            /** @enum {unknown} */
                            as: "auditor" | "staff" | "patient" | "representative" | "delegate" | "program";
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
                        within?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /**
                 * @example {
                 *       "query": {},
                 *       "format": "csv",
                 *       "fileHash": "561ece96ffdc372ad4526a29f68bc8a348aa784ec42bf3ba512c987e89f53fd6",
                 *       "sizeBytes": 1069,
                 *       "throughBlock": 17
                 *     }
                 */
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
            400: components["responses"]["Problem400-36"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-10"];
            404: components["responses"]["Problem404-33"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-41"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4.1796026501460.1459f9f1191cec383501b91ddd0f874461a50da4d5e92bd78e5fe051f835f68b */
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /** @example qknhazlfisq2ztaa72nbwn54kc7iv7na.1796026642367.85306c1b559b8ad11e7212128b1dd50822dbf7582d6b87028ad7d373634d12d2 */
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
                    /**
                     * @example {
                     *       "eventId": "qknhazlfisq2ztaa72nbwn54kc7iv7na.1796026642367.85306c1b559b8ad11e7212128b1dd50822dbf7582d6b87028ad7d373634d12d2",
                     *       "patientId": "qknhazlfisq2ztaa72nbwn54kc7iv7na",
                     *       "blockNumber": 17,
                     *       "recorded": {
                     *         "decision": "deny",
                     *         "reasons": [
                     *           {
                     *             "rule": "consent.none-named"
                     *           }
                     *         ],
                     *         "policyVersion": "1/1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *         "decider": 1
                     *       },
                     *       "explanation": {
                     *         "decision": "deny",
                     *         "policyVersion": "1/1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *         "time": 1796026642367,
                     *         "reasons": [
                     *           {
                     *             "rule": "consent.none-named"
                     *           }
                     *         ],
                     *         "request": {
                     *           "mspId": "CoreMSP",
                     *           "staffId": "staff-3",
                     *           "action": "read",
                     *           "purpose": "TREAT",
                     *           "records": [
                     *             {
                     *               "recordId": "d000875dc9bb942110eb1ff941e2dfa1",
                     *               "version": 1,
                     *               "level": "N",
                     *               "mediaClass": "document",
                     *               "label": "26660ad72f18057b36fa58308db3fa80309af397e20bda32ab4939e3bc41a472"
                     *             }
                     *           ],
                     *           "role": "physician"
                     *         },
                     *         "policy": {
                     *           "decided": [
                     *             {
                     *               "rule": "professionals-treat",
                     *               "effect": "permit",
                     *               "records": [
                     *                 {
                     *                   "recordId": "d000875dc9bb942110eb1ff941e2dfa1",
                     *                   "version": 1
                     *                 }
                     *               ],
                     *               "facts": [
                     *                 {
                     *                   "member": "purposes",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "TREAT",
                     *                     "ETREAT"
                     *                   ],
                     *                   "has": [
                     *                     "TREAT"
                     *                   ]
                     *                 },
                     *                 {
                     *                   "member": "actions",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "read",
                     *                     "search",
                     *                     "follow"
                     *                   ],
                     *                   "has": [
                     *                     "read"
                     *                   ]
                     *                 },
                     *                 {
                     *                   "member": "roles",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "health-professional"
                     *                   ],
                     *                   "has": [
                     *                     "health-professional",
                     *                     "physician"
                     *                   ]
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "undecided": [],
                     *           "nearly": []
                     *         }
                     *       },
                     *       "agrees": true,
                     *       "policyHash": "1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *       "assumed": [
                     *         {
                     *           "fact": "freeze",
                     *           "from": "now",
                     *           "detail": "No freeze of that time is in force now: one that ended since is not seen."
                     *         },
                     *         {
                     *           "fact": "prohibitions",
                     *           "from": "now",
                     *           "detail": "Prohibitions that ended since are not seen, but for those that the event names."
                     *         }
                     *       ]
                     *     }
                     */
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /**
                 * @example {
                 *       "patientId": "q2h4dqlkupexgcd7aiq4mpcqcoc2dxso",
                 *       "requester": {
                 *         "mspId": "Regional1MSP",
                 *         "staffId": "staff-2"
                 *       },
                 *       "purpose": "TREAT",
                 *       "records": [
                 *         {
                 *           "recordId": "6f3b3ab47b88bb5bfec6dcba4ee06992"
                 *         }
                 *       ],
                 *       "certificate": {
                 *         "role": "physician",
                 *         "department": "cardiology"
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "patientId": "q2h4dqlkupexgcd7aiq4mpcqcoc2dxso",
                     *       "blockNumber": 11,
                     *       "explanation": {
                     *         "decision": "deny",
                     *         "policyVersion": "1/1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *         "time": 1796026666843,
                     *         "reasons": [
                     *           {
                     *             "rule": "consent.none-named"
                     *           }
                     *         ],
                     *         "request": {
                     *           "mspId": "Regional1MSP",
                     *           "staffId": "staff-2",
                     *           "action": "read",
                     *           "purpose": "TREAT",
                     *           "records": [
                     *             {
                     *               "recordId": "6f3b3ab47b88bb5bfec6dcba4ee06992",
                     *               "version": 1,
                     *               "level": "N",
                     *               "mediaClass": "document",
                     *               "label": "41a83944864377eeb7be62c0f4e313b7cbbf365880678054e8bd45cfb4296d7f"
                     *             }
                     *           ],
                     *           "role": "physician",
                     *           "department": "cardiology"
                     *         },
                     *         "policy": {
                     *           "decided": [
                     *             {
                     *               "rule": "professionals-treat",
                     *               "effect": "permit",
                     *               "records": [
                     *                 {
                     *                   "recordId": "6f3b3ab47b88bb5bfec6dcba4ee06992",
                     *                   "version": 1
                     *                 }
                     *               ],
                     *               "facts": [
                     *                 {
                     *                   "member": "purposes",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "TREAT",
                     *                     "ETREAT"
                     *                   ],
                     *                   "has": [
                     *                     "TREAT"
                     *                   ]
                     *                 },
                     *                 {
                     *                   "member": "actions",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "read",
                     *                     "search",
                     *                     "follow"
                     *                   ],
                     *                   "has": [
                     *                     "read"
                     *                   ]
                     *                 },
                     *                 {
                     *                   "member": "roles",
                     *                   "asks": "any",
                     *                   "values": [
                     *                     "health-professional"
                     *                   ],
                     *                   "has": [
                     *                     "health-professional",
                     *                     "physician"
                     *                   ]
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "undecided": [],
                     *           "nearly": []
                     *         }
                     *       },
                     *       "policyHash": "1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *       "able": true,
                     *       "certifiedBy": "question",
                     *       "certificate": {
                     *         "role": "physician",
                     *         "department": "cardiology"
                     *       },
                     *       "tried": 0,
                     *       "more": false
                     *     }
                     */
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /**
                 * @description the last block that counts; without it, all
                 * @example 27
                 */
                block?: number;
                /** @description `next` of the page before */
                cursor?: string;
                /** @description consents in a page */
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 7dbc6e0101212079faf81e35b08b0c3d */
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
                    /**
                     * @example {
                     *       "patientId": "s4drgiyifrzcoxbytapwpsdx3wxqg3ly",
                     *       "recordId": "7dbc6e0101212079faf81e35b08b0c3d",
                     *       "version": 1,
                     *       "blockNumber": 27,
                     *       "time": 1796026739725,
                     *       "policyVersion": "1/1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *       "policyHash": "1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *       "items": [
                     *         {
                     *           "consentId": "fdb06b98815d5c88fb19da7f727f764bbea35dd617ae2842d6aa313f918dcabd",
                     *           "mspId": "Regional1MSP",
                     *           "staffId": "staff-3",
                     *           "action": "read",
                     *           "purpose": "TREAT",
                     *           "outcome": "deny",
                     *           "reasons": [
                     *             {
                     *               "rule": "consent.revoked"
                     *             }
                     *           ],
                     *           "seen": {
                     *             "role": "physician"
                     *           }
                     *         }
                     *       ],
                     *       "assumed": [
                     *         {
                     *           "fact": "freeze",
                     *           "from": "now",
                     *           "detail": "No freeze of that time is in force now: one that ended since is not seen."
                     *         },
                     *         {
                     *           "fact": "prohibitions",
                     *           "from": "now",
                     *           "detail": "Prohibitions that ended since are not seen, but for those that the event names."
                     *         }
                     *       ]
                     *     }
                     */
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /**
                 * @description consents judged in a page
                 * @example 1
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "policy": {
                 *         "version": 1,
                 *         "roles": [
                 *           {
                 *             "id": "health-professional",
                 *             "kind": "structural",
                 *             "parents": []
                 *           },
                 *           {
                 *             "id": "physician",
                 *             "kind": "structural",
                 *             "parents": [
                 *               "health-professional"
                 *             ]
                 *           },
                 *           {
                 *             "id": "nurse",
                 *             "kind": "structural",
                 *             "parents": [
                 *               "health-professional"
                 *             ]
                 *           },
                 *           {
                 *             "id": "pharmacist",
                 *             "kind": "structural",
                 *             "parents": [
                 *               "health-professional"
                 *             ]
                 *           },
                 *           {
                 *             "id": "dentist",
                 *             "kind": "structural",
                 *             "parents": [
                 *               "health-professional"
                 *             ]
                 *           },
                 *           {
                 *             "id": "emergency",
                 *             "kind": "functional",
                 *             "parents": [
                 *               "health-professional"
                 *             ]
                 *           },
                 *           {
                 *             "id": "researcher",
                 *             "kind": "functional",
                 *             "parents": []
                 *           },
                 *           {
                 *             "id": "privacy-officer",
                 *             "kind": "functional",
                 *             "parents": []
                 *           }
                 *         ],
                 *         "organizations": [],
                 *         "rules": [],
                 *         "emergency": {
                 *           "secondPractitioner": [
                 *             "R",
                 *             "V"
                 *           ],
                 *           "boxHours": 4,
                 *           "openingsPerDay": 24,
                 *           "openingsPerPerson": 8
                 *         }
                 *       }
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "blockNumber": 21,
                     *       "time": 1796026769714,
                     *       "before": "1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211",
                     *       "after": "da6e8e27a262e31106ed79a9bc870ec4e17b6f06b48cefe95e2875d80256b156",
                     *       "judged": 1,
                     *       "items": [
                     *         {
                     *           "patientId": "klljcetveztyltfcatksz5faqnyt4kyq",
                     *           "recordId": "b4bea5fc5b013fb8f689d66047b3c433",
                     *           "version": 1,
                     *           "consentId": "12bbdf2df9eb32aadf63c3f918d2699fea50344b387854aec71a8f7722875b02",
                     *           "mspId": "Regional1MSP",
                     *           "staffId": "staff-2",
                     *           "action": "read",
                     *           "purpose": "TREAT",
                     *           "change": "loses",
                     *           "before": {
                     *             "outcome": "permit",
                     *             "reasons": [
                     *               {
                     *                 "rule": "policy.role-may-act",
                     *                 "facts": [
                     *                   "physician",
                     *                   "TREAT",
                     *                   "professionals-treat"
                     *                 ]
                     *               },
                     *               {
                     *                 "rule": "consent.grants",
                     *                 "facts": [
                     *                   "12bbdf2df9eb32aadf63c3f918d2699fea50344b387854aec71a8f7722875b02"
                     *                 ]
                     *               }
                     *             ]
                     *           },
                     *           "after": {
                     *             "outcome": "deny",
                     *             "reasons": [
                     *               {
                     *                 "rule": "policy.role-may-not-act",
                     *                 "facts": [
                     *                   "physician",
                     *                   "TREAT"
                     *                 ]
                     *               }
                     *             ]
                     *           },
                     *           "seen": {
                     *             "role": "physician",
                     *             "department": "cardiology"
                     *           }
                     *         }
                     *       ],
                     *       "next": "WyJiNGJlYTVmYzViMDEzZmI4ZjY4OWQ2NjA0N2IzYzQzMyIsMSwiWmpVeU1qRmpNalU1T1dZNFlqRmlNbVJtTlRBek5ERTBaVEpsWkdRM1pEY3daamxpWVdFd09HUXlNVFF5TldObVlUazNaRFF3TlRrNE5ERTJOVGszTVFBIl0"
                     *     }
                     */
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
            400: components["responses"]["Problem400-37"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-34"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
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
                /** @example 4rizlsn7fuoupvjcrg3ifx7x25kt6dlz.1796042135971.b6a28ad6548102d4f2de5d8a0b0ac11e03a158409cad8d67b4e114606e015bdd */
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                        within?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /** @example wvdtmm2cpxec7kccthikovteu4jarllu */
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
                        within?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
            400: components["responses"]["Problem400-37"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-34"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-25"];
            507: components["responses"]["Problem507"];
        };
    };
    resendWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    webhookIds?: string[];
                };
            };
        };
        responses: {
            /** @description Sends again to a receiver what was given up, all of it or the messages named, each with the id and the words that it had */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how many were given up and wait now */
                        resent: number;
                    };
                };
            };
            400: components["responses"]["Problem400-37"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-34"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-42"];
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
            400: components["responses"]["Problem400-35"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-11"];
            404: components["responses"]["Problem404-32"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-40"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"actions\":[\"read\"],\"compartments\":[{\"epoch\":1,\"label\":\"2a3f30ddb51cde3f23a8f82853ae2387b75b392b515012f3ab468446f708473f\",\"precursor\":{\"point\":\"029f886d02e6e25d3cc0cecb412336a63b7cb01302c588bad5ce8acb83ac523683\",\"proof\":\"031ea0407b03109b30580af88497f722800a302e21ffd0929ebeffea2fa74359627e08b14b698e2e8fc2d6fd2fa15fce06ca4cef28b445068f6152b0b2589be3ad\"},\"shares\":[{\"commitment\":\"0396cfbb5647461a8f7cbc140f9288315e3f0246579350054e05438d0556da8dfd\",\"kfragId\":\"4652f5c7b274497c438ee42a5b430f59878ac4a1cb7f91efe59247e9c5461b5a\",\"mspId\":\"CoreMSP\"},{\"commitment\":\"022908210e7db02f8abbcc0efa8e3f24f66c88c863e3d6e1f23895eee98b8a3414\",\"kfragId\":\"9526d2c85e9908885e329d29be914046850a070e9e5c01f0a38dc8efd321bbd5\",\"mspId\":\"Regional1MSP\"},{\"commitment\":\"037594ef757001a34c3882f7cc7c27a7f33be60515ecf1f76f649422560ca9d7df\",\"kfragId\":\"48308b31be616013b437cfc7175535572d56f7c7a88d27087672bd4829016d70\",\"mspId\":\"Regional2MSP\"}]}],\"conditions\":[],\"directoryVersion\":1,\"emergency\":true,\"grantee\":{\"keyVersion\":1,\"kind\":\"organization\",\"mspId\":\"Regional1MSP\",\"receivingKey\":\"028c09e6f70b26fb816cef05da8552f7c3eb091140246524b550b1668473160b2b\"},\"issuedAt\":1796026492199,\"nonce\":\"b7aabf0b9df73241ba299a81c2d4bd6c\",\"notAfter\":1798618492193,\"notBefore\":1796026432193,\"patientId\":\"w6yaewlwacvys62abb2hwzlynniqz2w4\",\"purposes\":[\"BTG\"],\"submitBefore\":1796027392199,\"threshold\":2,\"type\":\"Consent\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "037746ad27243056294add45eb864dca1878a58ff6de8974f81cec91a22fa533b1",
                 *             "signature": "96df06bafada16f75c382ba6b89f5200d6a323d391aa72d6d911b3020baddd804278026f72a3cc17f99e4174eaaf47560c53b9ce4c09248d10ae04e062c14d63"
                 *           }
                 *         ]
                 *       },
                 *       "kfrags": [
                 *         {
                 *           "mspId": "CoreMSP",
                 *           "kfragId": "4652f5c7b274497c438ee42a5b430f59878ac4a1cb7f91efe59247e9c5461b5a",
                 *           "sealed": "023aafe284de487c38fef20688f56be0ad50d8fe0e3592e27a6984112aec521782600d898ffbaf500ae7e1400e14c57382b99a04dd6a8e66b1095e11164d61003a170a5e948dddd9caf6eeac506a5f139f66246fb63658ecaea6b4a8e2d5450c1905e357673bc08e2c36cdd9cf89165c4b3381912e053302e0b9f9363b067ed2fa0aa5386184cd3eb7fcd3da3928ecd096af50583715b81c35897c2ecb921f3d109cd1e6ba801ac0efc6bf28e343088d81612805fb4187bd473857fdccb7d9ec70d62109871398b6e4e737cba8cb5db87584b1cacf229bd33e5a24e7c4fb3d55552df185ee41f9ae79407cfdf2a18e3643b48e13b4baf436e17c0c46807062bd1dc12f5186036c70ad1485d68daf722bf39d594f0c437a7f894813da903772025ece516fb47a209a4a01624942e3d78a746ce59f6edde846c67ca0cb02381b1349bbe9bb11d52b212a3382ec6902ae5932041604fbfe3dcce4de76fcf2f2702744c3ed0651f1bc"
                 *         },
                 *         {
                 *           "mspId": "Regional1MSP",
                 *           "kfragId": "9526d2c85e9908885e329d29be914046850a070e9e5c01f0a38dc8efd321bbd5",
                 *           "sealed": "038507f77383cc1ab8e4c16128e71195f6d37edb089e98e24f83ff1b21a183542de6ceb1fcc4164c634c1b95449d41f658f038ca7e09181e10dd134dbfa1682c68e3094101d8c01307c3af8667cd97ad4fea0b397ae939fd964b21e781dc278d5a9d5d7c40be36d258698e170a5250833275e08ade1c51dad3d7425cb644a5d91830d1ceb86537b9b78c566fdc58e25fa5456c0b3209326dad4c6a1ef41483b57fcadb8f58c3229fe79a2bcf67bbee847e6592e282f45f68665e614b508e7958fc052d4581cf9135a87ab9c16ed775bff6a61a66494426ae4c41ae2f3c1a0f38cf689c2cf2bd32d7691fac4a6fef3b6732e331fa00487db586fe00d091016f2c0e97e97bb4f4c903fad1ad0f16a069c58fa862211c7bfe86e6f3f77d56c50c99193746bf69c07bdfb43faa040e1fe13cd41952430e5bbb1f8a0b2b4eae1bf90f007397100bfed9fff57d40edfd364b9519bc398a46b3d65445770c48ca01dbb1cea0e6e3028cb4"
                 *         },
                 *         {
                 *           "mspId": "Regional2MSP",
                 *           "kfragId": "48308b31be616013b437cfc7175535572d56f7c7a88d27087672bd4829016d70",
                 *           "sealed": "0399f5ce58bcd5dd9e31aae171dffebb765d71fd4e5c3c659ed95db79d3e7ef7dd09077c70768b7d3c5194a512c834e6ced1ef3d51836bb58a9dc81a6073ceb55b418c8bb0d909dead0827d69d85ee69b32e3e80e79e56aec145f32109d67d81f543ca5b8f88bb76c7b5d0b964bb7c954fcf1be97b118057d0b6771a7a350d32c1c5966406fc1c749b6ede7b2abb99525ceca0f8340b6a57c53be3830c5b31a0d7efed57e7f590fac1bd0810477589cdbe447e7cf829ca1d18c98067bb9f6be330fcf47368b47e215289a023be182e8cc06874e1b28ed4a4557cf3d78cc5b3d12efb42370502c03a9744886b7e2384339b29bbc48c437f34b8906a5b552d29aa3ac412e5c10daebe53085ddd0e77e5516c66cc0849b03f99661b90663bccb8477c8bd389f7f09db1cb66cd281aa495f11680e80f7c6a6c61a7fcde9e61598c6c18e359d5a6f294c53ee6f87dbd15f79ab837cefeb8c195d10772e4cec6557ec04ffdd802122384"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-38"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-43"];
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
                /** @example 1f0a98d38743a00d627f846cbeb8f2953631993522d95185c0aedbea69768bf5 */
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
            400: components["responses"]["Problem400-39"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-28"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-44"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
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
            400: components["responses"]["Problem400-40"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-29"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-45"];
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
                /** @example r2imxn6vz72c3i2wmzdwkhgiyvsruauz */
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
            400: components["responses"]["Problem400-41"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-30"];
            404: components["responses"]["Problem404-37"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-46"];
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
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"consentId\":\"02bba2fe856af8489946e4e28904584b3fa5d2e93e998d4aec2060beb4628508\",\"issuedAt\":1796026525279,\"nonce\":\"e29ab61c5c56d223be934cde7b107876\",\"patientId\":\"w6yaewlwacvys62abb2hwzlynniqz2w4\",\"type\":\"Revocation\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "037746ad27243056294add45eb864dca1878a58ff6de8974f81cec91a22fa533b1",
                 *             "signature": "ca1f1b60bbfb2a737c8da629ac0ec0e3a60662f7b2d022d1aebe15873203d5b33775e072737bf43068e8c2d6690570eb85cfb2ad70338b27b7a97904ee88b2f9"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-38"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-43"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
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
            400: components["responses"]["Problem400-39"];
            401: components["responses"]["Problem401-2"];
            403: components["responses"]["Problem403-29"];
            404: components["responses"]["Problem404-36"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-45"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
                patientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"forbids\":{\"purposes\":[\"BTG\"]},\"issuedAt\":1796026517032,\"nonce\":\"b77d7bfb455cabed17ec0b770bba7781\",\"patientId\":\"w6yaewlwacvys62abb2hwzlynniqz2w4\",\"submitBefore\":1796027417032,\"type\":\"Prohibition\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "037746ad27243056294add45eb864dca1878a58ff6de8974f81cec91a22fa533b1",
                 *             "signature": "9b8f00403fb5a963e0a927aedafe59bc0237d15bead8c6d7c137b9d1a1b620400cd00f1e0a4e5d0f83d3c2f64e45251176605e61dab5a41b1ca7258b92dacbe3"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-38"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-35"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-43"];
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
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"action\":\"read\",\"consentId\":\"a9c37a376db0b6c0c6026ab7f3cde6ed0cc69fc99c0fb682da5cd57d2dadc55e\",\"issuedAt\":1796026248384,\"nonce\":\"f37c1fad841eda498035842d1cdbefaf\",\"patientId\":\"vgql7yjmrx6s5ebtnxdsjw2gjexychyq\",\"purpose\":\"TREAT\",\"receivingKey\":\"03b5524448b2ba147c2a615fcb63a1b03ea20088bef868b48b65d053000bdb1f35\",\"records\":[{\"recordId\":\"26da354a7e641c9addab4a7919c733b8\",\"version\":1}],\"requester\":{\"mspId\":\"CoreMSP\",\"staffId\":\"s-6967a058a6572455fab4\"},\"submitBefore\":1796027148384,\"type\":\"AccessRequest\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "023fa85cd2e2cc687473ec2c0f3436c7295c42c7f53bb296408e7fb0918ca8a358",
                 *             "signature": "048aa564f360ba1def101d24e612335ab8ddf7cbb6db4c4e359575407c1196562debb4547399c8cea4fe0bc1fe1608767614cf946b99eae2018a01477074e9fc"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-42"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-47"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
            507: components["responses"]["Problem507"];
        };
    };
    requestAccessOfAll: {
        parameters: {
            query?: never;
            header?: {
                /** @description a fresh random name of the request: repeated with it, the request counts once, and is answered as the first time */
                "Idempotency-Key"?: string;
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statements": [
                 *         {
                 *           "body": "{\"action\":\"read\",\"consentId\":\"4b0d2aade3cdc411515374ccf3623f3d9468acc1a691243af2146de90b9f569d\",\"issuedAt\":1796042334363,\"nonce\":\"e1898382027d0fd62073e0fe9ec34672\",\"patientId\":\"eqsoacwa6rhvgp56gbxtr2qlcfj7aq4x\",\"purpose\":\"TREAT\",\"receivingKey\":\"039d16a5478950b66be9246989bedffeec19a6f87811e725f904e12ad5d52f92ee\",\"records\":[{\"recordId\":\"68ce63e8854359ef228650c642683d32\",\"version\":1}],\"requester\":{\"mspId\":\"CoreMSP\",\"staffId\":\"s-4f0f76b3edfc6bdf85f8\"},\"submitBefore\":1796043234363,\"type\":\"AccessRequest\"}",
                 *           "signatures": [
                 *             {
                 *               "key": "025998e6f8b34b546479f833625e123b97058a23b9555bf2931a38a9f7a61d4d2b",
                 *               "signature": "570e49469bc74de41df9eaae3739e865f0979c2e76ff86c5e7132df6c105773372a500d7680286b9d5b8d0a71daef1385cda13741eda3f5edcdd7cf1ab415c48"
                 *             }
                 *           ]
                 *         },
                 *         {
                 *           "body": "{\"action\":\"read\",\"issuedAt\":1796042334332,\"nonce\":\"896e7daf80d1812d2d3a36f7105bf672\",\"patientId\":\"mxpckx6ltwgpcwfyctinn6uzj6te6qns\",\"purpose\":\"TREAT\",\"receivingKey\":\"039d16a5478950b66be9246989bedffeec19a6f87811e725f904e12ad5d52f92ee\",\"records\":[{\"recordId\":\"b5dc7365bb1c1a544e585acd5ea85fc0\",\"version\":1}],\"requester\":{\"mspId\":\"CoreMSP\",\"staffId\":\"s-4f0f76b3edfc6bdf85f8\"},\"submitBefore\":1796043234332,\"type\":\"AccessRequest\"}",
                 *           "signatures": [
                 *             {
                 *               "key": "025998e6f8b34b546479f833625e123b97058a23b9555bf2931a38a9f7a61d4d2b",
                 *               "signature": "32feb39564872bf0f439998879104efceb657601e1771e00592519ff0f1291f846a6e7e834bf65c1d51e5c9035c46f43ec2460af31368c0441fc0e118fa7d3e7"
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-42"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-47"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
            507: components["responses"]["Problem507"];
        };
    };
    collectCfrags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4.1796026501460.1459f9f1191cec383501b91ddd0f874461a50da4d5e92bd78e5fe051f835f68b */
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
            400: components["responses"]["Problem400-43"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-48"];
            410: components["responses"]["Problem410-2"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
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
                /** @example q2fobgeb5rqyvjropowjja4rb75rf6bv.1796041661869.e9e0b83e6d3aa7c42c6d5706a312fc9f037d2d6a296ff722fc2ea63a425667d9 */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mspId": "CoreMSP",
                 *       "answer": {
                 *         "body": {
                 *           "eventId": "q2fobgeb5rqyvjropowjja4rb75rf6bv.1796041661869.e9e0b83e6d3aa7c42c6d5706a312fc9f037d2d6a296ff722fc2ea63a425667d9",
                 *           "wrapHashes": [
                 *             "b1b0e406d90b942c8b5700fe1155de499522b07fde0df810064896cd91b2a944"
                 *           ],
                 *           "consentId": "5a62dedffb7e22c77344d658d70679ab153d55ff68549275d3237508207c878e",
                 *           "kfragId": "86cd4b07916936887782a10c1e60536691ee2ad075f7b275fe72e3f604366330",
                 *           "receivingKey": "03d20c6ae1bb51c232eaedc1536cef2b5da121b04ef01e27324fdfad56e2101a57",
                 *           "cfrags": "86cd4b07916936887782a10c1e60536691ee2ad075f7b275fe72e3f6043663300365484476bd37b42c1e7dafa2ea5508b10eb0b9d0fd1974b89f0adf9e7ca520590358348a01a1085e3c9151b202a5414546186a19cf6c3d657cb9cb8b0e014e098103d9c382ad9ae41e7e77d8ff104ae2530a6f1320087edd75c2e9484a821bce47e6021f07790f82e2dadb54151c3f5cd8ea0af0edda0d4c3c7773f507782b130cb769024821ad200acb466c2b2a83703e40f4f22987d071012a76a958834f12313cb0935075b9c308a30bd7305441a0b082118bb1ad07143e4dbb5de33e9ddff3a750b83fe05d681f43d97d0a4d241eda8a20a1394566e9a2b37b352fac378418de86fb0fe97b1877887fb48d727b7915b1649ec697487e52a24f64492e681e9cb4c9eb03d9c382ad9ae41e7e77d8ff104ae2530a6f1320087edd75c2e9484a821bce47e6"
                 *         },
                 *         "signature": "68467bf6d1d6de4d7e281f05f129340435622b2b5bb69336f88f8391b05daaa62883b94623078a67032bf16fe9c7ac3ae95e6efb59e11b100499cc26c3d24eb4"
                 *       },
                 *       "wraps": [
                 *         {
                 *           "place": "2ead7eb618fac3f744f4acf33636bd4e448ed640ca1b7c4a8942fc4f0533c741",
                 *           "capsule": "033714092316a67213cba12c784cedca57fcfc28ae55827d8e2243c8fd4e06c9b80239744c52e2359f411ab34db7be05b1a7205f38f6a02ce687494fd5d18e4e0ce4fd10b445787a51fe5819df74a82492c851e5249e33a66df4d25c9ef2f36368dc",
                 *           "ciphertextHash": "de92c991af6937b4e114fd5dd70dc046684941f06efed0fd42e28a4691e188fa"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Problem400-43"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-15"];
            404: components["responses"]["Problem404-38"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-49"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-5"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-17"];
            507: components["responses"]["Problem507"];
        };
    };
    getEmergencyKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example Regional1MSP */
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
            400: components["responses"]["Problem400-45"];
            403: components["responses"]["Problem403-31"];
            404: components["responses"]["Problem404-40"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-51"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429-6"];
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
                /** @example Regional1MSP */
                mspId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"emergencyKey\":\"028c09e6f70b26fb816cef05da8552f7c3eb091140246524b550b1668473160b2b\",\"issuedAt\":1796026483834,\"mspId\":\"Regional1MSP\",\"nonce\":\"1517f8fbe70e7ab84283789a614db25f\",\"submitBefore\":1796027383834,\"type\":\"OrganizationKeys\",\"version\":1}",
                 *         "signatures": [
                 *           {
                 *             "key": "029e6be98fc2143d01f047835cd13b7a2e16e182af332dfb1747790a544f2d0d08",
                 *             "signature": "5c7da4e133c634cd4aa0bb5c7be89467880ae9623288757266197b8edf17537c314259f2ffc6099a69e1e568b6819544994bedbe40c7d8adb57b3dc0b8dd2ce3"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-44"];
            403: components["responses"]["Problem403-27"];
            404: components["responses"]["Problem404-39"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-50"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429-6"];
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
                /** @example w6yaewlwacvys62abb2hwzlynniqz2w4 */
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
            400: components["responses"]["Problem400-46"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-30"];
            404: components["responses"]["Problem404-41"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-52"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-6"];
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
                        within?: string;
                    };
                };
            };
            400: components["responses"]["Problem400-47"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-28"];
            404: components["responses"]["Problem404-42"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-53"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-6"];
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
            400: components["responses"]["Problem400-48"];
            401: components["responses"]["Problem401-3"];
            403: components["responses"]["Problem403-28"];
            404: components["responses"]["Problem404-42"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-53"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429-6"];
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
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"issuedAt\":1796026506212,\"nonce\":\"1c48eca575fda4321f6515503ff3835a\",\"opening\":\"w6yaewlwacvys62abb2hwzlynniqz2w4.1796026501460.1459f9f1191cec383501b91ddd0f874461a50da4d5e92bd78e5fe051f835f68b\",\"patientId\":\"w6yaewlwacvys62abb2hwzlynniqz2w4\",\"requester\":{\"mspId\":\"Regional1MSP\",\"staffId\":\"s-72a68c3ebf8df3c6576e\"},\"type\":\"EmergencyClose\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "03d9f32db97755d8a61aba8e20a4fc69b648b96e4cefa63927a9bbc8885f0cc82d",
                 *             "signature": "dead3f517d72e5be46d0e75942bc52c79650babfd19c2701152131cbfa4332a72776c6a9da526d9cb817a6291c63d2badacb0804ff77fc11c844fd47603a5d84"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-44"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-32"];
            404: components["responses"]["Problem404-43"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-54"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-6"];
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
                /** @description of a caller whose certificate's key is at their device: `signing.header` of SIGNATURE_REQUIRED, then the signature (ECDSA over P-256 of SHA-256, DER, lower s) in base64url */
                "Epione-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statement": {
                 *         "body": "{\"finding\":\"justified\",\"issuedAt\":1796026510813,\"nonce\":\"ca5b6bef051c2c25ac3022c03e6152bf\",\"opening\":\"w6yaewlwacvys62abb2hwzlynniqz2w4.1796026501460.1459f9f1191cec383501b91ddd0f874461a50da4d5e92bd78e5fe051f835f68b\",\"patientId\":\"w6yaewlwacvys62abb2hwzlynniqz2w4\",\"reviewer\":{\"mspId\":\"CoreMSP\",\"staffId\":\"s-ab673a00de2fc9bcfb74\"},\"submitBefore\":1796027410813,\"type\":\"Review\"}",
                 *         "signatures": [
                 *           {
                 *             "key": "03af0e3e9371b9c79986e28639e4850180be10f2f833eb0fcb0c294ec21781d185",
                 *             "signature": "20f93d003728424be724a119934c5a1e7b8a556e2c2d3d1a648faca54772f50012221e02ce6fff749056f417eb1536b194e3cae73bda0cc7d259947b72f28880"
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Problem400-44"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-32"];
            404: components["responses"]["Problem404-43"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-54"];
            410: components["responses"]["Problem410-2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429-6"];
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
                    /**
                     * @example {
                     *       "resourceType": "CapabilityStatement",
                     *       "name": "EpioneGateway",
                     *       "title": "Epione gateway",
                     *       "status": "active",
                     *       "date": "2026-11-30",
                     *       "description": "What a hospital's gateway knows: pseudonyms, signed manifests, consents, the access log, and ciphertext. It can open no record; \"epione fhir\" does, on the hospital's side.",
                     *       "kind": "instance",
                     *       "software": {
                     *         "name": "Epione gateway",
                     *         "version": "0.1.0"
                     *       },
                     *       "implementation": {
                     *         "description": "Epione gateway",
                     *         "url": "https://localhost:22248/fhir"
                     *       },
                     *       "fhirVersion": "4.0.1",
                     *       "format": [
                     *         "application/fhir+json",
                     *         "json"
                     *       ],
                     *       "rest": [
                     *         {
                     *           "mode": "server",
                     *           "security": {
                     *             "description": "Bearer token of the hospital's identity provider, or a patient's session signed for each request. A Binary is read under a permit (?event=)."
                     *           },
                     *           "resource": [
                     *             {
                     *               "type": "AuditEvent",
                     *               "interaction": [
                     *                 {
                     *                   "code": "read"
                     *                 },
                     *                 {
                     *                   "code": "search-type"
                     *                 }
                     *               ],
                     *               "versioning": "no-version",
                     *               "readHistory": false,
                     *               "updateCreate": false,
                     *               "conditionalCreate": false,
                     *               "conditionalUpdate": false,
                     *               "conditionalDelete": "not-supported",
                     *               "searchParam": [
                     *                 {
                     *                   "name": "patient",
                     *                   "type": "reference"
                     *                 },
                     *                 {
                     *                   "name": "date",
                     *                   "type": "date"
                     *                 },
                     *                 {
                     *                   "name": "outcome",
                     *                   "type": "token"
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "type": "Binary",
                     *               "interaction": [
                     *                 {
                     *                   "code": "create"
                     *                 },
                     *                 {
                     *                   "code": "read"
                     *                 }
                     *               ],
                     *               "versioning": "no-version",
                     *               "readHistory": false,
                     *               "updateCreate": false,
                     *               "conditionalCreate": false,
                     *               "conditionalUpdate": false,
                     *               "conditionalDelete": "not-supported"
                     *             },
                     *             {
                     *               "type": "Consent",
                     *               "interaction": [
                     *                 {
                     *                   "code": "read"
                     *                 },
                     *                 {
                     *                   "code": "search-type"
                     *                 }
                     *               ],
                     *               "versioning": "no-version",
                     *               "readHistory": false,
                     *               "updateCreate": false,
                     *               "conditionalCreate": false,
                     *               "conditionalUpdate": false,
                     *               "conditionalDelete": "not-supported",
                     *               "searchParam": [
                     *                 {
                     *                   "name": "patient",
                     *                   "type": "reference"
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "type": "DocumentReference",
                     *               "interaction": [
                     *                 {
                     *                   "code": "read"
                     *                 },
                     *                 {
                     *                   "code": "vread"
                     *                 },
                     *                 {
                     *                   "code": "search-type"
                     *                 }
                     *               ],
                     *               "versioning": "versioned",
                     *               "readHistory": false,
                     *               "updateCreate": false,
                     *               "conditionalCreate": false,
                     *               "conditionalUpdate": false,
                     *               "conditionalDelete": "not-supported",
                     *               "searchParam": [
                     *                 {
                     *                   "name": "patient",
                     *                   "type": "reference"
                     *                 },
                     *                 {
                     *                   "name": "status",
                     *                   "type": "token"
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "type": "Provenance",
                     *               "interaction": [
                     *                 {
                     *                   "code": "read"
                     *                 }
                     *               ],
                     *               "versioning": "no-version",
                     *               "readHistory": false,
                     *               "updateCreate": false,
                     *               "conditionalCreate": false,
                     *               "conditionalUpdate": false,
                     *               "conditionalDelete": "not-supported"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
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
                /** @example 782efd0344d06ffe853c46be9d685657 */
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
                    /**
                     * @example {
                     *       "resourceType": "DocumentReference",
                     *       "id": "782efd0344d06ffe853c46be9d685657",
                     *       "meta": {
                     *         "versionId": "1",
                     *         "lastUpdated": "2026-11-30T08:14:53.211Z",
                     *         "security": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *             "code": "N"
                     *           }
                     *         ]
                     *       },
                     *       "masterIdentifier": {
                     *         "system": "urn:epione:record",
                     *         "value": "782efd0344d06ffe853c46be9d685657:1"
                     *       },
                     *       "status": "current",
                     *       "subject": {
                     *         "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *         "type": "Patient"
                     *       },
                     *       "date": "2026-11-30T08:14:53.211Z",
                     *       "author": [
                     *         {
                     *           "type": "Practitioner",
                     *           "identifier": {
                     *             "system": "urn:epione:staff",
                     *             "value": "CoreMSP/staff-1"
                     *           }
                     *         }
                     *       ],
                     *       "securityLabel": [
                     *         {
                     *           "coding": [
                     *             {
                     *               "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *               "code": "N"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "content": [
                     *         {
                     *           "attachment": {
                     *             "contentType": "application/vnd.epione.sealed",
                     *             "url": "Binary/782efd0344d06ffe853c46be9d685657.1"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "DocumentReference";
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
                /** @example 782efd0344d06ffe853c46be9d685657 */
                id: string;
                /** @example 1 */
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
                    /**
                     * @example {
                     *       "resourceType": "DocumentReference",
                     *       "id": "782efd0344d06ffe853c46be9d685657",
                     *       "meta": {
                     *         "versionId": "1",
                     *         "lastUpdated": "2026-11-30T08:14:53.211Z",
                     *         "security": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *             "code": "N"
                     *           }
                     *         ]
                     *       },
                     *       "masterIdentifier": {
                     *         "system": "urn:epione:record",
                     *         "value": "782efd0344d06ffe853c46be9d685657:1"
                     *       },
                     *       "status": "current",
                     *       "subject": {
                     *         "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *         "type": "Patient"
                     *       },
                     *       "date": "2026-11-30T08:14:53.211Z",
                     *       "author": [
                     *         {
                     *           "type": "Practitioner",
                     *           "identifier": {
                     *             "system": "urn:epione:staff",
                     *             "value": "CoreMSP/staff-1"
                     *           }
                     *         }
                     *       ],
                     *       "securityLabel": [
                     *         {
                     *           "coding": [
                     *             {
                     *               "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *               "code": "N"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "content": [
                     *         {
                     *           "attachment": {
                     *             "contentType": "application/vnd.epione.sealed",
                     *             "url": "Binary/782efd0344d06ffe853c46be9d685657.1"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "DocumentReference";
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
                /**
                 * @description Patient/… or the id alone
                 * @example Patient/rfusr3je4jkxagzb53f5pmwj272ekldy
                 */
                patient: string;
                status?: "current" | "superseded";
                /**
                 * @description at most so many at once
                 * @example 2
                 */
                _count?: number;
                /**
                 * @description the "next" of the page before has it
                 * @example WkRVellqSmhNakl4TXpCaVlqZzRNV0ZqWkRNeFpETmtabVZrTkdabU5ERUFNREF3TURBd01RQQ
                 */
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
                    /**
                     * @example {
                     *       "resourceType": "Bundle",
                     *       "type": "searchset",
                     *       "link": [
                     *         {
                     *           "relation": "self",
                     *           "url": "https://localhost:22248/fhir/DocumentReference?patient=Patient%2Frfusr3je4jkxagzb53f5pmwj272ekldy&_count=2&_cursor=WkRVellqSmhNakl4TXpCaVlqZzRNV0ZqWkRNeFpETmtabVZrTkdabU5ERUFNREF3TURBd01RQQ"
                     *         }
                     *       ],
                     *       "entry": [
                     *         {
                     *           "fullUrl": "https://localhost:22248/fhir/DocumentReference/d53b2a22130bb881acd31d3dfed4ff41",
                     *           "resource": {
                     *             "resourceType": "DocumentReference",
                     *             "id": "d53b2a22130bb881acd31d3dfed4ff41",
                     *             "meta": {
                     *               "versionId": "1",
                     *               "lastUpdated": "2026-11-30T08:14:53.333Z",
                     *               "security": [
                     *                 {
                     *                   "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *                   "code": "N"
                     *                 }
                     *               ]
                     *             },
                     *             "masterIdentifier": {
                     *               "system": "urn:epione:record",
                     *               "value": "d53b2a22130bb881acd31d3dfed4ff41:1"
                     *             },
                     *             "status": "current",
                     *             "subject": {
                     *               "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *               "type": "Patient"
                     *             },
                     *             "date": "2026-11-30T08:14:53.333Z",
                     *             "author": [
                     *               {
                     *                 "type": "Practitioner",
                     *                 "identifier": {
                     *                   "system": "urn:epione:staff",
                     *                   "value": "CoreMSP/staff-1"
                     *                 }
                     *               }
                     *             ],
                     *             "securityLabel": [
                     *               {
                     *                 "coding": [
                     *                   {
                     *                     "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *                     "code": "N"
                     *                   }
                     *                 ]
                     *               }
                     *             ],
                     *             "content": [
                     *               {
                     *                 "attachment": {
                     *                   "contentType": "application/vnd.epione.sealed",
                     *                   "url": "Binary/d53b2a22130bb881acd31d3dfed4ff41.1"
                     *                 }
                     *               }
                     *             ]
                     *           },
                     *           "search": {
                     *             "mode": "match"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
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
                content?: never;
            };
            400: components["responses"]["Outcome400-2"];
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
                    /**
                     * @example {
                     *       "resourceType": "Binary",
                     *       "id": "bafkreihiejirfqtqvpc6oy5ei2ivu5vgh22w7bdhpo2hnofcies7pdbaq4",
                     *       "contentType": "application/vnd.epione.sealed"
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Binary";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Outcome400-3"];
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
                /** @example ba350efd7095e1f3445c45e09df3fabad80641e41f718e414e3a0fa6ebeabcd1 */
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
                    /**
                     * @example {
                     *       "resourceType": "Consent",
                     *       "id": "ba350efd7095e1f3445c45e09df3fabad80641e41f718e414e3a0fa6ebeabcd1",
                     *       "meta": {
                     *         "versionId": "1",
                     *         "lastUpdated": "2026-11-30T08:14:53.568Z",
                     *         "profile": [
                     *           "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentBasic"
                     *         ]
                     *       },
                     *       "status": "active",
                     *       "scope": {
                     *         "coding": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                     *             "code": "patient-privacy"
                     *           }
                     *         ]
                     *       },
                     *       "category": [
                     *         {
                     *           "coding": [
                     *             {
                     *               "system": "http://loinc.org",
                     *               "code": "59284-0"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "patient": {
                     *         "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *         "type": "Patient"
                     *       },
                     *       "dateTime": "2026-11-30T08:14:53.567Z",
                     *       "performer": [
                     *         {
                     *           "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *           "type": "Patient"
                     *         }
                     *       ],
                     *       "organization": [
                     *         {
                     *           "type": "Organization",
                     *           "identifier": {
                     *             "system": "urn:epione:organization",
                     *             "value": "CoreMSP"
                     *           }
                     *         }
                     *       ],
                     *       "sourceAttachment": {
                     *         "contentType": "application/json",
                     *         "data": "eyJib2R5Ijoie1wiYWN0aW9uc1wiOltcInJlYWRcIl0sXCJjb21wYXJ0bWVudHNcIjpbe1wiZXBvY2hcIjoxLFwibGFiZWxcIjpcIjYyZDI1MDA5YjE4ODgyZDlkNDBiODIzYWU1MWMwMDk4NGVkYzllMTgzYzc0NWUzZWNkMjQzMWEzOTNkOWIzOTBcIixcInByZWN1cnNvclwiOntcInBvaW50XCI6XCIwMjQ3ODQ4MjVlY2I4NjkzYTU3NzM3MTBmMzE0YTFkN2NhYjAxNGE4ZDgxNmFlZmI5ZWExOThhMGIzMDAzNjU1MzVcIixcInByb29mXCI6XCIwMzNkNDA2YThlM2E5YTUxYjM3NjA2OGEzOTVmY2NjMmYzZjkyNmRlZTNmYzVmYmU0NTk2Yjk1Nzc5ZDZiMDVkODkyMThiM2Y3YmU2MmViZDYzZDViOTczMmJkMTFiZjYwN2VjZmUzNTA0MGNkNGE0NGQ2YjlhMzNhYTFjZGRhZmExXCJ9LFwic2hhcmVzXCI6W3tcImNvbW1pdG1lbnRcIjpcIjAyYmE0MDFkY2E1YzhmNmZiZGM0NGZjNGVmYTZlNmY2MjRhNTM4NDhiNGNhYjQ5Yjg0NzIxNTEzN2YwN2RiMTMyM1wiLFwia2ZyYWdJZFwiOlwiMWZjNjdkNDY2YjhkNmM4OGIwNzdmY2MzMDVmZTE5YjZmOTA1MDBiYzdhNjdmMjJmYTEzNWMxOWUzNzM2NDE5NlwiLFwibXNwSWRcIjpcIkNvcmVNU1BcIn0se1wiY29tbWl0bWVudFwiOlwiMDI2M2YwM2ZlNzViOWU5MGQ2N2RjYTk2YTY1Nzk5MGVjNDg2YmZmMzM4ZjQwYWVmYTUwZDc2ZWE1NGMxYjQ0NTQ5XCIsXCJrZnJhZ0lkXCI6XCI0NDhkODk0ZjExOTk1M2RhMzBjN2I3YjlkMTE2YTYxNzYwZjNhN2NiM2ZmOGQ0ZWVlMTgzYWE3MTg2YWY5M2I3XCIsXCJtc3BJZFwiOlwiUmVnaW9uYWwxTVNQXCJ9LHtcImNvbW1pdG1lbnRcIjpcIjAzNzlkN2RmYjY3NzYyNWFmZWYwMGNhNDYyZWM0YzMwMmVlZWE1ODQ5NTY3OTgwNjIzNGRhYWRkM2NhYzAxNjQxZVwiLFwia2ZyYWdJZFwiOlwiMjFjNDAxYjU5YzhjNzA3YjcwMmNjNmJjY2FmMjA2NmZmZjdiZTNkNzhkMjhjMWIzNmI5NDYzZTgwZDFiMDc5NlwiLFwibXNwSWRcIjpcIlJlZ2lvbmFsMk1TUFwifV19XSxcImNvbmRpdGlvbnNcIjpbXSxcImRpcmVjdG9yeVZlcnNpb25cIjoxLFwiZW1lcmdlbmN5XCI6ZmFsc2UsXCJncmFudGVlXCI6e1wia2luZFwiOlwicHJhY3RpdGlvbmVyXCIsXCJtc3BJZFwiOlwiQ29yZU1TUFwiLFwicmVjZWl2aW5nS2V5XCI6XCIwM2FjYWQ2MzZjMzc5N2QxNmYyZjFiOWY1MTM0ZmNiYWU2ZDI1ZjViMTgzYzZlNThiNjJlN2RjNzA2NGNjMGY1YzNcIixcInN0YWZmSWRcIjpcInMtOTFmODNkYTQxNzM1ZDVmZDdhMTlcIn0sXCJpc3N1ZWRBdFwiOjE3OTYwMjY0OTM1NjcsXCJub25jZVwiOlwiMGYwYjA2ODFkZDljMDdlZmUyMTYyOTE0Nzk2OWIyNTJcIixcIm5vdEFmdGVyXCI6MTc5NjM4NjQ5MzU2NyxcIm5vdEJlZm9yZVwiOjE3OTYwMjI4OTM1NjcsXCJwYXRpZW50SWRcIjpcInJmdXNyM2plNGpreGFnemI1M2Y1cG13ajI3MmVrbGR5XCIsXCJwdXJwb3Nlc1wiOltcIlRSRUFUXCJdLFwic3VibWl0QmVmb3JlXCI6MTc5NjAzMDA5MzU2NyxcInRocmVzaG9sZFwiOjIsXCJ0eXBlXCI6XCJDb25zZW50XCJ9Iiwic2lnbmF0dXJlcyI6W3sia2V5IjoiMDNlNmJhMGZiMjFkMTc2ZDE5OTY2MjIzNWViZmNhNjJiOWMxZjgwNzRhNzMxN2U2MjgwNmY4MmUxZGZjYTAzY2I2Iiwic2lnbmF0dXJlIjoiMmFkYWMwMjkzMDRjMjRmOTljNGI0NGJlOTZkZmQzMTRlYTZkOTBjMTIwYzQwZWVkZDE0OTA1NzJhYTA0MWNiZDZlYmZkYjZlZmY1NTk3MTQwZGZhYTBmNDRkNTNkNmFjYjFhNGJiZGE3YmNiZGU1YjM2NzBhM2NkOTA0OTZhNDEifV19",
                     *         "title": "Consent as signed"
                     *       },
                     *       "policy": [
                     *         {
                     *           "uri": "urn:epione:policy"
                     *         }
                     *       ],
                     *       "provision": {
                     *         "extension": [
                     *           {
                     *             "url": "urn:epione:compartment",
                     *             "valueString": "62d25009b18882d9d40b823ae51c00984edc9e183c745e3ecd2431a393d9b390/1"
                     *           }
                     *         ],
                     *         "type": "permit",
                     *         "period": {
                     *           "start": "2026-11-30T07:14:53.567Z",
                     *           "end": "2026-12-04T12:14:53.567Z"
                     *         },
                     *         "actor": [
                     *           {
                     *             "role": {
                     *               "coding": [
                     *                 {
                     *                   "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                     *                   "code": "IRCP",
                     *                   "display": "information recipient"
                     *                 }
                     *               ]
                     *             },
                     *             "reference": {
                     *               "type": "Practitioner",
                     *               "identifier": {
                     *                 "system": "urn:epione:staff",
                     *                 "value": "CoreMSP/s-91f83da41735d5fd7a19"
                     *               }
                     *             }
                     *           }
                     *         ],
                     *         "purpose": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                     *             "code": "TREAT"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Consent";
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
                /**
                 * @description Patient/… or the id alone
                 * @example rfusr3je4jkxagzb53f5pmwj272ekldy
                 */
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
                    /**
                     * @example {
                     *       "resourceType": "Bundle",
                     *       "type": "searchset",
                     *       "link": [
                     *         {
                     *           "relation": "self",
                     *           "url": "https://localhost:22248/fhir/Consent?patient=rfusr3je4jkxagzb53f5pmwj272ekldy"
                     *         }
                     *       ],
                     *       "entry": [
                     *         {
                     *           "fullUrl": "https://localhost:22248/fhir/Consent/ba350efd7095e1f3445c45e09df3fabad80641e41f718e414e3a0fa6ebeabcd1",
                     *           "resource": {
                     *             "resourceType": "Consent",
                     *             "id": "ba350efd7095e1f3445c45e09df3fabad80641e41f718e414e3a0fa6ebeabcd1",
                     *             "meta": {
                     *               "versionId": "1",
                     *               "lastUpdated": "2026-11-30T08:14:53.568Z",
                     *               "profile": [
                     *                 "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentBasic"
                     *               ]
                     *             },
                     *             "status": "active",
                     *             "scope": {
                     *               "coding": [
                     *                 {
                     *                   "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                     *                   "code": "patient-privacy"
                     *                 }
                     *               ]
                     *             },
                     *             "category": [
                     *               {
                     *                 "coding": [
                     *                   {
                     *                     "system": "http://loinc.org",
                     *                     "code": "59284-0"
                     *                   }
                     *                 ]
                     *               }
                     *             ],
                     *             "patient": {
                     *               "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *               "type": "Patient"
                     *             },
                     *             "dateTime": "2026-11-30T08:14:53.567Z",
                     *             "performer": [
                     *               {
                     *                 "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *                 "type": "Patient"
                     *               }
                     *             ],
                     *             "organization": [
                     *               {
                     *                 "type": "Organization",
                     *                 "identifier": {
                     *                   "system": "urn:epione:organization",
                     *                   "value": "CoreMSP"
                     *                 }
                     *               }
                     *             ],
                     *             "sourceAttachment": {
                     *               "contentType": "application/json",
                     *               "data": "eyJib2R5Ijoie1wiYWN0aW9uc1wiOltcInJlYWRcIl0sXCJjb21wYXJ0bWVudHNcIjpbe1wiZXBvY2hcIjoxLFwibGFiZWxcIjpcIjYyZDI1MDA5YjE4ODgyZDlkNDBiODIzYWU1MWMwMDk4NGVkYzllMTgzYzc0NWUzZWNkMjQzMWEzOTNkOWIzOTBcIixcInByZWN1cnNvclwiOntcInBvaW50XCI6XCIwMjQ3ODQ4MjVlY2I4NjkzYTU3NzM3MTBmMzE0YTFkN2NhYjAxNGE4ZDgxNmFlZmI5ZWExOThhMGIzMDAzNjU1MzVcIixcInByb29mXCI6XCIwMzNkNDA2YThlM2E5YTUxYjM3NjA2OGEzOTVmY2NjMmYzZjkyNmRlZTNmYzVmYmU0NTk2Yjk1Nzc5ZDZiMDVkODkyMThiM2Y3YmU2MmViZDYzZDViOTczMmJkMTFiZjYwN2VjZmUzNTA0MGNkNGE0NGQ2YjlhMzNhYTFjZGRhZmExXCJ9LFwic2hhcmVzXCI6W3tcImNvbW1pdG1lbnRcIjpcIjAyYmE0MDFkY2E1YzhmNmZiZGM0NGZjNGVmYTZlNmY2MjRhNTM4NDhiNGNhYjQ5Yjg0NzIxNTEzN2YwN2RiMTMyM1wiLFwia2ZyYWdJZFwiOlwiMWZjNjdkNDY2YjhkNmM4OGIwNzdmY2MzMDVmZTE5YjZmOTA1MDBiYzdhNjdmMjJmYTEzNWMxOWUzNzM2NDE5NlwiLFwibXNwSWRcIjpcIkNvcmVNU1BcIn0se1wiY29tbWl0bWVudFwiOlwiMDI2M2YwM2ZlNzViOWU5MGQ2N2RjYTk2YTY1Nzk5MGVjNDg2YmZmMzM4ZjQwYWVmYTUwZDc2ZWE1NGMxYjQ0NTQ5XCIsXCJrZnJhZ0lkXCI6XCI0NDhkODk0ZjExOTk1M2RhMzBjN2I3YjlkMTE2YTYxNzYwZjNhN2NiM2ZmOGQ0ZWVlMTgzYWE3MTg2YWY5M2I3XCIsXCJtc3BJZFwiOlwiUmVnaW9uYWwxTVNQXCJ9LHtcImNvbW1pdG1lbnRcIjpcIjAzNzlkN2RmYjY3NzYyNWFmZWYwMGNhNDYyZWM0YzMwMmVlZWE1ODQ5NTY3OTgwNjIzNGRhYWRkM2NhYzAxNjQxZVwiLFwia2ZyYWdJZFwiOlwiMjFjNDAxYjU5YzhjNzA3YjcwMmNjNmJjY2FmMjA2NmZmZjdiZTNkNzhkMjhjMWIzNmI5NDYzZTgwZDFiMDc5NlwiLFwibXNwSWRcIjpcIlJlZ2lvbmFsMk1TUFwifV19XSxcImNvbmRpdGlvbnNcIjpbXSxcImRpcmVjdG9yeVZlcnNpb25cIjoxLFwiZW1lcmdlbmN5XCI6ZmFsc2UsXCJncmFudGVlXCI6e1wia2luZFwiOlwicHJhY3RpdGlvbmVyXCIsXCJtc3BJZFwiOlwiQ29yZU1TUFwiLFwicmVjZWl2aW5nS2V5XCI6XCIwM2FjYWQ2MzZjMzc5N2QxNmYyZjFiOWY1MTM0ZmNiYWU2ZDI1ZjViMTgzYzZlNThiNjJlN2RjNzA2NGNjMGY1YzNcIixcInN0YWZmSWRcIjpcInMtOTFmODNkYTQxNzM1ZDVmZDdhMTlcIn0sXCJpc3N1ZWRBdFwiOjE3OTYwMjY0OTM1NjcsXCJub25jZVwiOlwiMGYwYjA2ODFkZDljMDdlZmUyMTYyOTE0Nzk2OWIyNTJcIixcIm5vdEFmdGVyXCI6MTc5NjM4NjQ5MzU2NyxcIm5vdEJlZm9yZVwiOjE3OTYwMjI4OTM1NjcsXCJwYXRpZW50SWRcIjpcInJmdXNyM2plNGpreGFnemI1M2Y1cG13ajI3MmVrbGR5XCIsXCJwdXJwb3Nlc1wiOltcIlRSRUFUXCJdLFwic3VibWl0QmVmb3JlXCI6MTc5NjAzMDA5MzU2NyxcInRocmVzaG9sZFwiOjIsXCJ0eXBlXCI6XCJDb25zZW50XCJ9Iiwic2lnbmF0dXJlcyI6W3sia2V5IjoiMDNlNmJhMGZiMjFkMTc2ZDE5OTY2MjIzNWViZmNhNjJiOWMxZjgwNzRhNzMxN2U2MjgwNmY4MmUxZGZjYTAzY2I2Iiwic2lnbmF0dXJlIjoiMmFkYWMwMjkzMDRjMjRmOTljNGI0NGJlOTZkZmQzMTRlYTZkOTBjMTIwYzQwZWVkZDE0OTA1NzJhYTA0MWNiZDZlYmZkYjZlZmY1NTk3MTQwZGZhYTBmNDRkNTNkNmFjYjFhNGJiZGE3YmNiZGU1YjM2NzBhM2NkOTA0OTZhNDEifV19",
                     *               "title": "Consent as signed"
                     *             },
                     *             "policy": [
                     *               {
                     *                 "uri": "urn:epione:policy"
                     *               }
                     *             ],
                     *             "provision": {
                     *               "extension": [
                     *                 {
                     *                   "url": "urn:epione:compartment",
                     *                   "valueString": "62d25009b18882d9d40b823ae51c00984edc9e183c745e3ecd2431a393d9b390/1"
                     *                 }
                     *               ],
                     *               "type": "permit",
                     *               "period": {
                     *                 "start": "2026-11-30T07:14:53.567Z",
                     *                 "end": "2026-12-04T12:14:53.567Z"
                     *               },
                     *               "actor": [
                     *                 {
                     *                   "role": {
                     *                     "coding": [
                     *                       {
                     *                         "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                     *                         "code": "IRCP",
                     *                         "display": "information recipient"
                     *                       }
                     *                     ]
                     *                   },
                     *                   "reference": {
                     *                     "type": "Practitioner",
                     *                     "identifier": {
                     *                       "system": "urn:epione:staff",
                     *                       "value": "CoreMSP/s-91f83da41735d5fd7a19"
                     *                     }
                     *                   }
                     *                 }
                     *               ],
                     *               "purpose": [
                     *                 {
                     *                   "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                     *                   "code": "TREAT"
                     *                 }
                     *               ]
                     *             }
                     *           },
                     *           "search": {
                     *             "mode": "match"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
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
                /** @example cccbe29fc24a4608660230e7ab054e2b6502500afad97e0c664fe4d2e1832642 */
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
                    /**
                     * @example {
                     *       "resourceType": "AuditEvent",
                     *       "id": "cccbe29fc24a4608660230e7ab054e2b6502500afad97e0c664fe4d2e1832642",
                     *       "meta": {
                     *         "versionId": "1",
                     *         "lastUpdated": "2026-11-30T08:14:53.908Z",
                     *         "profile": [
                     *           "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.AuthZconsent"
                     *         ]
                     *       },
                     *       "type": {
                     *         "system": "http://dicom.nema.org/resources/ontology/DCM",
                     *         "code": "110113",
                     *         "display": "Security Alert"
                     *       },
                     *       "subtype": [
                     *         {
                     *           "system": "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType",
                     *           "code": "AuthZ-Consent"
                     *         },
                     *         {
                     *           "system": "http://hl7.org/fhir/restful-interaction",
                     *           "code": "read"
                     *         }
                     *       ],
                     *       "action": "E",
                     *       "recorded": "2026-11-30T08:14:53.908Z",
                     *       "outcome": "0",
                     *       "outcomeDesc": "permit: policy.role-may-act, consent.grants",
                     *       "purposeOfEvent": [
                     *         {
                     *           "coding": [
                     *             {
                     *               "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                     *               "code": "TREAT"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "agent": [
                     *         {
                     *           "type": {
                     *             "coding": [
                     *               {
                     *                 "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                     *                 "code": "IRCP",
                     *                 "display": "information recipient"
                     *               }
                     *             ]
                     *           },
                     *           "who": {
                     *             "type": "Practitioner",
                     *             "identifier": {
                     *               "system": "urn:epione:staff",
                     *               "value": "CoreMSP/s-91f83da41735d5fd7a19"
                     *             }
                     *           },
                     *           "requestor": true,
                     *           "purposeOfUse": [
                     *             {
                     *               "coding": [
                     *                 {
                     *                   "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                     *                   "code": "TREAT"
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "role": [
                     *             {
                     *               "text": "physician"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "type": {
                     *             "coding": [
                     *               {
                     *                 "system": "http://terminology.hl7.org/CodeSystem/v3-RoleClass",
                     *                 "code": "PROV",
                     *                 "display": "healthcare provider"
                     *               }
                     *             ]
                     *           },
                     *           "who": {
                     *             "type": "Organization",
                     *             "identifier": {
                     *               "system": "urn:epione:organization",
                     *               "value": "CoreMSP"
                     *             }
                     *           },
                     *           "requestor": false
                     *         },
                     *         {
                     *           "type": {
                     *             "coding": [
                     *               {
                     *                 "system": "http://terminology.hl7.org/CodeSystem/extra-security-role-type",
                     *                 "code": "authserver",
                     *                 "display": "authorization server"
                     *               }
                     *             ]
                     *           },
                     *           "who": {
                     *             "type": "Device",
                     *             "identifier": {
                     *               "system": "urn:epione:record",
                     *               "value": "ledger"
                     *             }
                     *           },
                     *           "requestor": false
                     *         }
                     *       ],
                     *       "source": {
                     *         "site": "rfusr3je4jkxagzb53f5pmwj272ekldy.1796026493908.03b6da78f1c240d5203f50201686967355a1ad5bfdf98a18629046fafb722b9f",
                     *         "observer": {
                     *           "type": "Device",
                     *           "identifier": {
                     *             "system": "urn:epione:record",
                     *             "value": "ledger"
                     *           }
                     *         },
                     *         "type": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/security-source-type",
                     *             "code": "6",
                     *             "display": "Security Server"
                     *           }
                     *         ]
                     *       },
                     *       "entity": [
                     *         {
                     *           "type": {
                     *             "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                     *             "code": "1",
                     *             "display": "Person"
                     *           },
                     *           "role": {
                     *             "system": "http://terminology.hl7.org/CodeSystem/object-role",
                     *             "code": "1",
                     *             "display": "Patient"
                     *           },
                     *           "what": {
                     *             "reference": "Patient/rfusr3je4jkxagzb53f5pmwj272ekldy",
                     *             "type": "Patient"
                     *           }
                     *         },
                     *         {
                     *           "type": {
                     *             "system": "http://hl7.org/fhir/resource-types",
                     *             "code": "Consent"
                     *           },
                     *           "what": {
                     *             "reference": "Consent/ba350efd7095e1f3445c45e09df3fabad80641e41f718e414e3a0fa6ebeabcd1"
                     *           }
                     *         },
                     *         {
                     *           "type": {
                     *             "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                     *             "code": "2",
                     *             "display": "System Object"
                     *           },
                     *           "role": {
                     *             "system": "http://terminology.hl7.org/CodeSystem/object-role",
                     *             "code": "3",
                     *             "display": "Report"
                     *           },
                     *           "what": {
                     *             "reference": "DocumentReference/782efd0344d06ffe853c46be9d685657/_history/1"
                     *           },
                     *           "securityLabel": [
                     *             {
                     *               "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *               "code": "N"
                     *             }
                     *           ],
                     *           "detail": [
                     *             {
                     *               "type": "origin",
                     *               "valueString": "CoreMSP"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "AuditEvent";
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
                /**
                 * @description Patient/… or the id alone
                 * @example rfusr3je4jkxagzb53f5pmwj272ekldy
                 */
                patient?: string;
                /**
                 * @description 0 permitted, 8 denied
                 * @example 8
                 */
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
                    /**
                     * @example {
                     *       "resourceType": "Bundle",
                     *       "type": "searchset",
                     *       "link": [
                     *         {
                     *           "relation": "self",
                     *           "url": "https://localhost:22248/fhir/AuditEvent?patient=rfusr3je4jkxagzb53f5pmwj272ekldy&outcome=8"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Bundle";
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
                /** @example 782efd0344d06ffe853c46be9d685657.1 */
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
                    /**
                     * @example {
                     *       "resourceType": "Provenance",
                     *       "id": "782efd0344d06ffe853c46be9d685657.1",
                     *       "meta": {
                     *         "versionId": "1",
                     *         "lastUpdated": "2026-11-30T08:14:53.220Z",
                     *         "security": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                     *             "code": "N"
                     *           }
                     *         ]
                     *       },
                     *       "target": [
                     *         {
                     *           "reference": "DocumentReference/782efd0344d06ffe853c46be9d685657/_history/1"
                     *         }
                     *       ],
                     *       "occurredDateTime": "2026-11-30T08:14:53.211Z",
                     *       "recorded": "2026-11-30T08:14:53.220Z",
                     *       "activity": {
                     *         "coding": [
                     *           {
                     *             "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
                     *             "code": "CREATE"
                     *           }
                     *         ]
                     *       },
                     *       "agent": [
                     *         {
                     *           "type": {
                     *             "coding": [
                     *               {
                     *                 "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                     *                 "code": "author"
                     *               }
                     *             ]
                     *           },
                     *           "who": {
                     *             "type": "Practitioner",
                     *             "identifier": {
                     *               "system": "urn:epione:staff",
                     *               "value": "CoreMSP/staff-1"
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "type": {
                     *             "coding": [
                     *               {
                     *                 "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                     *                 "code": "custodian"
                     *               }
                     *             ]
                     *           },
                     *           "who": {
                     *             "type": "Organization",
                     *             "identifier": {
                     *               "system": "urn:epione:organization",
                     *               "value": "CoreMSP"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "signature": [
                     *         {
                     *           "type": [
                     *             {
                     *               "system": "urn:iso-astm:E1762-95:2013",
                     *               "code": "1.2.840.10065.1.12.1.1",
                     *               "display": "Author's Signature"
                     *             }
                     *           ],
                     *           "when": "2026-11-30T08:14:53.211Z",
                     *           "who": {
                     *             "type": "Practitioner",
                     *             "identifier": {
                     *               "system": "urn:epione:staff",
                     *               "value": "CoreMSP/staff-1"
                     *             }
                     *           },
                     *           "targetFormat": "application/json",
                     *           "sigFormat": "application/json",
                     *           "data": "eyJib2R5Ijoie1wiYXV0aG9yXCI6e1wia2luZFwiOlwicHJhY3RpdGlvbmVyXCIsXCJtc3BJZFwiOlwiQ29yZU1TUFwiLFwic3RhZmZJZFwiOlwic3RhZmYtMVwifSxcImNpZFwiOlwiYmFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFcIixcImNvbnRlbnRIYXNoXCI6XCJjNzQ1MzIxMjVhMDk3ZGQ2NWIxM2NlZmQ5ZmI0ZWJkNzYxZmYwMmM4Y2Y0YTBhZWZkYjRmNzAwN2QyYmJhYTg2XCIsXCJlcG9jaFwiOjEsXCJpc3N1ZWRBdFwiOjE3OTYwMjY0OTMyMTEsXCJsYWJlbFwiOlwiNjJkMjUwMDliMTg4ODJkOWQ0MGI4MjNhZTUxYzAwOTg0ZWRjOWUxODNjNzQ1ZTNlY2QyNDMxYTM5M2Q5YjM5MFwiLFwibWVkaWFDbGFzc1wiOlwiZG9jdW1lbnRcIixcIm5vbmNlXCI6XCI0NmRkZmY1YTRlYzg5MmY5NWY5NDFkZDUyNjExMmVjMVwiLFwicGF0aWVudElkXCI6XCJyZnVzcjNqZTRqa3hhZ3piNTNmNXBtd2oyNzJla2xkeVwiLFwicmVjb3JkSWRcIjpcIjc4MmVmZDAzNDRkMDZmZmU4NTNjNDZiZTlkNjg1NjU3XCIsXCJzaXplQ2xhc3NcIjoyMCxcInN1Ym1pdEJlZm9yZVwiOjE3OTYwMzAwOTMyMTEsXCJ0eXBlXCI6XCJSZWNvcmRNYW5pZmVzdFwiLFwidmVyc2lvblwiOjEsXCJ3cmFwSGFzaFwiOlwiMjAwNzcwN2NmOTEyZjIzNjg2Y2Y1OGI1ZDg0NDFmOWNhOGMzZTI3NGYxNTg3MjgyZDQwMzBmMDM5NzIyZDNkZFwifSIsInNpZ25hdHVyZXMiOlt7ImtleSI6IjAyZmI2ZmMyNDAyOWI0YWQ1MDA5MjRjNjcwMDFjZmFmZDhiMTA5MTlhMGQ1MjJjNzdkOGQwOGRhNmI2MTc5N2Q3YyIsInNpZ25hdHVyZSI6ImU3MjczNWJlMDc5OGFiOTkxMmYxNTY4NmI4NWU0NjRkZjk3N2YwNzE0OTQ2YmVjMTUwYTc1MGVhMTEzMGRkNGE3ZjRiOTRjM2I5MjE1YzQwYmI5MGYyZWZlZmU5YjVmYTE3ZGJlNmFhMDllODgwM2UwNTc3NmNkZDNhYmJmNTEzIn1dfQ=="
                     *         }
                     *       ]
                     *     }
                     */
                    "application/fhir+json": {
                        /** @enum {string} */
                        resourceType: "Provenance";
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
            429: components["responses"]["Outcome429"];
            431: components["responses"]["Outcome431"];
            500: components["responses"]["Outcome500"];
            502: components["responses"]["Outcome502-2"];
            503: components["responses"]["Outcome503-2"];
            507: components["responses"]["Outcome507"];
        };
    };
    getHospitalState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How this hospital's gateway, ledger, certificates and anchoring are, and what it hears of the other hospitals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time": 1796053151904,
                     *       "mspId": "CoreMSP",
                     *       "unread": [
                     *         "certificates"
                     *       ],
                     *       "readiness": {
                     *         "ready": true,
                     *         "checks": {
                     *           "store": "ok",
                     *           "storage": "ok",
                     *           "ledger": "ok",
                     *           "projection": "ok",
                     *           "ledger-head": "ok",
                     *           "clock": "ok",
                     *           "reconciled": "ok"
                     *         }
                     *       },
                     *       "ledger": {
                     *         "height": 8,
                     *         "position": 7,
                     *         "lagBlocks": 0
                     *       },
                     *       "outbox": {
                     *         "inDoubt": 0,
                     *         "kinds": [
                     *           {
                     *             "kind": "log-notes",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "end-consent",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "relay-kfrags",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "own-custody",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "own-destruction",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "own-receipt",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "revocation",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "webhook",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "end-records",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "activate-keys",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           },
                     *           {
                     *             "kind": "relay-anchor-proposal",
                     *             "waiting": 0,
                     *             "overdueMs": 0,
                     *             "attempts": 0
                     *           }
                     *         ]
                     *       },
                     *       "storage": {
                     *         "freeBytes": 24668815360
                     *       },
                     *       "hospitals": [
                     *         {
                     *           "mspId": "Regional1MSP",
                     *           "silent": false,
                     *           "differs": false
                     *         },
                     *         {
                     *           "mspId": "Regional2MSP",
                     *           "silent": false,
                     *           "differs": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        time: number;
                        mspId: string;
                        unread: ("readiness" | "ledger" | "outbox" | "storage" | "certificates" | "hospitals" | "anchoring")[];
                        readiness?: {
                            ready: boolean;
                            checks: {
                                [key: string]: "ok" | "failing";
                            };
                        };
                        ledger?: {
                            height: number;
                            position: number;
                            lagBlocks: number;
                        };
                        outbox?: {
                            inDoubt: number;
                            kinds: {
                                kind: string;
                                waiting: number;
                                overdueMs: number;
                                attempts: number;
                            }[];
                        };
                        storage?: {
                            freeBytes: number;
                        };
                        certificates?: {
                            /** @enum {unknown} */
                            certificate: "tls" | "gateway" | "registrar" | "tls-root";
                            mspId: string;
                            notAfter: number;
                        }[];
                        hospitals?: {
                            mspId: string;
                            silent: boolean;
                            heardAt?: number;
                            blockNumber?: number;
                            differs: boolean;
                            clockOffsetMs?: number;
                        }[];
                        anchoring?: {
                            network: string;
                            chainId: number;
                            contract: string;
                            head: {
                                batch: number;
                                lastBlock: number;
                            };
                            ledgerHeight: number;
                            lagBlocks: number;
                            lagSeconds: number;
                            balanceWei: string;
                            costWei: string;
                            batches: number;
                            alarms: ("disagreement" | "equivocation" | "anchored_root_differs" | "missing_majority" | "submission_waits" | "ledger_broken" | "envelope_malformed" | "storage_full")[];
                            toldAt: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403-9"];
            404: components["responses"]["Problem404-12"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409-56"];
            410: components["responses"]["Problem410-2"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502-2"];
            503: components["responses"]["Problem503-6"];
            507: components["responses"]["Problem507"];
        };
    };
}
