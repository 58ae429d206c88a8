package org.almagest.storage.metadata;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A manifest with the bytes that it was read from. The next versions of an opening say the same of datasets, collections
 * and segments; these bytes are copied instead of writing tens of thousands of segments again. Holds all of these bytes, so keep it no longer than that.
 */
public final class DecodedManifest {
    private final Manifest manifest;
    private final byte[] body;
    private final int from;
    private final int to;

    /** The entries of a manifest stand together in its body. */
    DecodedManifest(Manifest manifest, byte[] body, int from, int to) {
        assert 0 <= from && from <= to && to <= body.length : from + " to " + to + " of " + body.length;
        this.manifest = manifest;
        this.body = body;
        this.from = from;
        this.to = to;
    }

    /** Returns the manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** Tells whether another manifest has the same entries, which then are the same objects. */
    boolean hasEntriesOf(Manifest other) {
        return other.segments() == manifest.segments()
                && other.metadata() == manifest.metadata()
                && other.publishedSequences().equals(manifest.publishedSequences());
    }

    /** Writes the entries. */
    void writeEntries(OutputStream target) throws IOException {
        target.write(body, from, to - from);
    }
}
