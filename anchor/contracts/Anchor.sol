// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchor of an Epione network's ledger
/// @notice Keeps how far the ledger of one network is anchored, and says it of no batch that a majority of the network's
/// witnesses has not signed. Nobody has any other power over it: no owner, no pause, no upgrade.
/// @dev A batch comes as packed bytes through `fallback`, which spares the padding and the selector of an ABI call:
///
/// | bytes | what |
/// |---|---|
/// | 6 | end: the first block after the batch |
/// | 4 | number of the batch |
/// | 8 | signers: bit i is set when witness i signed, lowest bit first |
/// | 32 | root |
/// | 64 or 20 each | per witness in order: its EIP-2098 signature, or its address when it did not sign |
///
/// A signer's address is recovered, not sent: the list made of recovered and sent addresses must have the hash that the head
/// holds, which proves membership, order and distinctness of all signers at once (docs/decisions/0301).
/// The first four bytes are `end >> 16`, so no batch below block 2^39 is taken for a call of a function of this contract.
contract Anchor {
    /// @notice A batch was anchored: blocks firstBlock to lastBlock of the ledger have the given root.
    /// @dev Anonymous, so that the one topic is the batch itself: the log of a known batch is found by it alone.
    /// @param batch Batch number, first and last block: 64 bits each, the number highest.
    /// @param root RFC 9162 root over the leaves of the blocks.
    event Anchored(uint256 indexed batch, bytes32 root) anonymous;

    /// @notice The witnesses were changed, by a majority of those before; they count from batch `fromBatch`.
    /// @param fromBatch The first batch that the new witnesses sign.
    /// @param witnesses The new witnesses, ascending.
    event WitnessesChanged(uint64 indexed fromBatch, address[] witnesses);

    /// @notice The batch or change is not the next one: someone else's came first, or one is missing before it.
    /// @param expected The next number.
    /// @param given The number in the call.
    error OutOfSequence(uint256 expected, uint256 given);

    /// @notice The batch ends before it begins.
    /// @param firstBlock The first block that is not anchored.
    /// @param end The end in the call, the first block after the batch.
    error EmptyBatch(uint256 firstBlock, uint256 end);

    /// @notice Signatures and addresses do not give the present witnesses: an entry is missing, false, twice or out of order,
    /// a signature is of something else, or the witnesses have changed.
    error WitnessesDiffer();

    /// @notice Fewer than a majority signed.
    /// @param signed How many signed.
    /// @param needed How many must.
    error TooFewSignatures(uint256 signed, uint256 needed);

    /// @notice The witnesses were changed already since the last batch; an older statement could be played again.
    error ChangedAlready();

    /// @notice Witnesses must be 1 to 64 addresses, strictly ascending and not zero.
    error WitnessesInvalid();

    /// @notice The chain has another id than at deployment: it has forked, and this copy is not the anchor.
    error ChainDiffers();

    uint256 private constant MAX_WITNESSES = 64;
    uint256 private constant FIRST_SEAL_BYTE = 50;

    bytes32 private constant BATCH_TYPE_HASH = keccak256("Batch(uint64 number,uint64 firstBlock,uint64 lastBlock,bytes32 root)");
    bytes32 private constant WITNESS_SET_TYPE_HASH = keccak256("WitnessSet(uint64 fromBatch,address[] witnesses)");
    bytes32 private constant DOMAIN_TYPE_HASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)");

    /// @dev Bits of the head: 168 of the hash of the witnesses, 8 changed, 32 number of the last batch, 48 its end.
    uint256 private constant HASH_SHIFT = 88;
    uint256 private constant CHANGED = 1 << 80;
    uint256 private constant NUMBER_SHIFT = 48;

    uint256 private immutable CHAIN_ID;
    bytes32 private immutable DOMAIN_SEPARATOR;

    /// @dev All that this contract stores: one slot, read and written once per batch.
    uint256 private _head;

    /// @notice Begins at batch 1 and block 0.
    /// @param networkId Hash of the ledger's genesis header: signatures are bound to it.
    /// @param witnesses The first witnesses, ascending.
    constructor(bytes32 networkId, address[] memory witnesses) {
        CHAIN_ID = block.chainid;
        DOMAIN_SEPARATOR = keccak256(
            abi.encode(DOMAIN_TYPE_HASH, keccak256("Epione Anchor"), keccak256("1"), block.chainid, address(this), networkId)
        );
        _head = uint256(_hashWitnesses(witnesses)) >> HASH_SHIFT << HASH_SHIFT;
        emit WitnessesChanged(1, witnesses);
    }

    /// @notice Anchors the next batch; the layout is that of this contract's documentation.
    fallback() external {
        uint256 end;
        uint256 batchNumber;
        uint256 signers;
        bytes32 root;
        assembly ("memory-safe") {
            let word := calldataload(0)
            end := shr(208, word)
            batchNumber := and(shr(176, word), 0xffffffff)
            signers := and(shr(112, word), 0xffffffffffffffff)
            root := calldataload(18)
        }
        uint256 head_ = _head;
        uint256 firstBlock = head_ & type(uint48).max;
        _requireNext(head_, batchNumber);
        if (end <= firstBlock) revert EmptyBatch(firstBlock, end);
        uint256 batch;
        bytes32 structHash;
        bytes32 typeHash = BATCH_TYPE_HASH;
        unchecked {
            batch = batchNumber << 128 | firstBlock << 64 | (end - 1);
        }
        // Hashed in unallocated memory: `abi.encode` would allocate it, for about 150 gas.
        assembly ("memory-safe") {
            let memory_ := mload(0x40)
            mstore(memory_, typeHash)
            mstore(add(memory_, 0x20), batchNumber)
            mstore(add(memory_, 0x40), firstBlock)
            mstore(add(memory_, 0x60), sub(end, 1))
            mstore(add(memory_, 0x80), root)
            structHash := keccak256(memory_, 0xa0)
        }
        _requireMajority(head_, structHash, signers, FIRST_SEAL_BYTE, msg.data.length);
        // Writing the slot without CHANGED lets the witnesses change again.
        _head = head_ >> HASH_SHIFT << HASH_SHIFT | batchNumber << NUMBER_SHIFT | end;
        emit Anchored(batch, root);
    }

    /// @notice Replaces the witnesses, by signatures of a majority of the present ones, from the next batch on; once per batch.
    /// @param fromBatch Number of the next batch.
    /// @param next The new witnesses, ascending.
    /// @param signers Bit i is set when present witness i signed.
    /// @param seal Per present witness its signature or its address, packed as in a batch.
    function changeWitnesses(uint64 fromBatch, address[] calldata next, uint64 signers, bytes calldata seal) external {
        uint256 head_ = _head;
        _requireNext(head_, fromBatch);
        if (head_ & CHANGED != 0) revert ChangedAlready();
        bytes32 nextHash = _hashWitnesses(next);
        uint256 start;
        assembly ("memory-safe") {
            start := seal.offset
        }
        bytes32 structHash = keccak256(abi.encode(WITNESS_SET_TYPE_HASH, fromBatch, nextHash));
        _requireMajority(head_, structHash, signers, start, start + seal.length);
        _head = uint256(nextHash) >> HASH_SHIFT << HASH_SHIFT | CHANGED | head_ & (CHANGED - 1);
        emit WitnessesChanged(fromBatch, next);
    }

    /// @notice How far the ledger is anchored.
    /// @return number Number of the last batch, 0 before the first.
    /// @return nextBlock The first block that is not anchored.
    /// @return witnessesHash First 21 bytes of the Keccak-256 of the present witnesses, 32 bytes each.
    /// @return changed Whether the witnesses were changed since the last batch.
    function head() external view returns (uint64 number, uint64 nextBlock, bytes21 witnessesHash, bool changed) {
        uint256 head_ = _head;
        number = uint32(head_ >> NUMBER_SHIFT);
        nextBlock = uint48(head_);
        witnessesHash = bytes21(bytes32(head_));
        changed = head_ & CHANGED != 0;
    }

    /// @dev Batches and changes come in sequence, each once.
    function _requireNext(uint256 head_, uint256 number) private pure {
        unchecked {
            uint256 expected = uint32(head_ >> NUMBER_SHIFT);
            ++expected;
            if (number != expected) revert OutOfSequence(expected, number);
        }
    }

    /// @dev Reverts unless the entries in calldata from `cursor` to `end` are exactly the witnesses of the head, and a majority of them
    /// signed. Assembly, because Solidity would copy each entry through fresh memory and `ecrecover` would check what the
    /// comparison of the hash checks anyway.
    function _requireMajority(uint256 head_, bytes32 structHash, uint256 signers, uint256 cursor, uint256 end) private view {
        if (block.chainid != CHAIN_ID) revert ChainDiffers();
        bytes32 domain = DOMAIN_SEPARATOR;
        uint256 signed;
        uint256 listBytes;
        bytes32 listHash;
        assembly ("memory-safe") {
            // Unallocated memory: 4 words of input for ecrecover, then the list.
            let input := mload(0x40)
            let list := add(input, 0x80)
            mstore(input, hex"1901")
            mstore(add(input, 2), domain)
            mstore(add(input, 34), structHash)
            mstore(input, keccak256(input, 66))
            for {} lt(cursor, end) {} {
                let entry := add(list, listBytes)
                switch and(signers, 1)
                case 0 {
                    mstore(entry, shr(96, calldataload(cursor)))
                    cursor := add(cursor, 20)
                }
                default {
                    // EIP-2098: the parity is the top bit of s, so s has 255 bits.
                    let parityAndS := calldataload(add(cursor, 32))
                    mstore(add(input, 0x20), add(27, shr(255, parityAndS)))
                    mstore(add(input, 0x40), calldataload(cursor))
                    mstore(add(input, 0x60), shr(1, shl(1, parityAndS)))
                    // A false signature leaves the entry as it is: no address of a witness, or zero, which no list holds.
                    mstore(entry, 0)
                    pop(staticcall(gas(), 1, input, 0x80, entry, 0x20))
                    signed := add(signed, 1)
                    cursor := add(cursor, 64)
                }
                listBytes := add(listBytes, 0x20)
                signers := shr(1, signers)
            }
            listHash := keccak256(list, listBytes)
        }
        // `cursor` beyond the end is an entry cut short, a bit left is a signer beyond the list.
        if (cursor != end || signers != 0 || uint256(listHash) >> HASH_SHIFT != head_ >> HASH_SHIFT) revert WitnessesDiffer();
        unchecked {
            uint256 needed = (listBytes >> 6) + 1;
            if (signed < needed) revert TooFewSignatures(signed, needed);
        }
    }

    /// @dev The hash that EIP-712 gives to a list of addresses; refuses a list that no set of witnesses may have.
    function _hashWitnesses(address[] memory witnesses) private pure returns (bytes32) {
        uint256 count = witnesses.length;
        if (count == 0 || count > MAX_WITNESSES) revert WitnessesInvalid();
        address last = address(0);
        for (uint256 i = 0; i < count; ++i) {
            if (witnesses[i] <= last) revert WitnessesInvalid();
            last = witnesses[i];
        }
        return keccak256(abi.encodePacked(witnesses));
    }
}
