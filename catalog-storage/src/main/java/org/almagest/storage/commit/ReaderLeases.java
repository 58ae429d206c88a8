package org.almagest.storage.commit;

import java.io.IOException;
import java.util.OptionalLong;

/** Knows which manifests other processes still read. */
@FunctionalInterface
public interface ReaderLeases {
    /** Returns the lowest version that a living reader has; empty where none has one. */
    OptionalLong oldest() throws IOException;
}
