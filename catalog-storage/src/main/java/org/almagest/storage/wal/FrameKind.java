package org.almagest.storage.wal;

import java.util.Optional;
import org.almagest.storage.metadata.MetadataCodec;

/** What a frame of the log says; the codes stand on disk and never change, 0 and 4 to 255 are reserved. */
public enum FrameKind {
    /** Inserts and deletes of datapoints: {@link CommitPayload}. */
    COMMIT(1, CommitPayload.PAYLOAD_VERSION),
    /** A change of datasets or collections: {@link MetadataCodec}. */
    METADATA(2, MetadataCodec.PAYLOAD_VERSION),
    /** The store was closed cleanly; no payload, and nothing follows. */
    CLOSE(3, 1);

    private final int code;
    private final int payloadVersion;

    FrameKind(int code, int payloadVersion) {
        this.code = code;
        this.payloadVersion = payloadVersion;
    }

    /** Returns the code on disk. */
    public int code() {
        return code;
    }

    /** Returns the version of the payload that this build writes, and the only one it reads. */
    public int payloadVersion() {
        return payloadVersion;
    }

    /** Returns the kind with this code. */
    static Optional<FrameKind> ofCode(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
