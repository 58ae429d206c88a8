package org.almagest.storage.segment;

import org.almagest.internal.format.Place;

/**
 * What a segment belongs to; part of its header and, but for the collection, of every checksum.
 *
 * @param storeIdHigh the first eight bytes of the store's id, big-endian
 * @param storeIdLow the last eight bytes
 * @param fileNumber the number of the data file
 * @param collection the incarnation number of the collection
 */
public record SegmentIdentity(long storeIdHigh, long storeIdLow, long fileNumber, long collection) {
    /** Returns the place of bytes of this file, counted from its start. */
    Place place(long fileOffset) {
        return new Place(storeIdHigh, storeIdLow, fileNumber, fileOffset);
    }
}
