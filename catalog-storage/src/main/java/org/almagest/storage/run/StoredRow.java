package org.almagest.storage.run;

import org.almagest.storage.segment.Box;

/**
 * What is stored of one row beside its id.
 *
 * @param bytes the bytes that hold the body
 * @param offset where the body begins
 * @param length how many bytes it has
 * @param box the index box, {@link Box#NONE} without a geometry
 * @param keyHash the hash of the key, 0 without one
 * @param sequence the sequence number of the commit
 * @param ingestionMicros the time of the commit, in microseconds since the Unix epoch
 */
public record StoredRow(
        byte[] bytes, int offset, int length, Box box, long keyHash, long sequence, long ingestionMicros) {}
