package org.almagest.storage.segment;

import org.almagest.model.Bytes;

/**
 * One segment as the manifest names it.
 *
 * @param offset its first byte in the data file
 * @param length how many bytes it has, to the end of its footer
 * @param sha256 of all its bytes
 */
public record SegmentRef(SegmentIdentity identity, long offset, long length, Bytes sha256) {}
