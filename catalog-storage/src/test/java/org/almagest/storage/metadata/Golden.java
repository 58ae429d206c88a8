package org.almagest.storage.metadata;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that were written once and are never written again. */
public final class Golden {
    private Golden() {}

    /** Returns a file below {@code golden/}. */
    public static byte[] bytes(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IOException("golden/" + name + ": no such file");
            }
            return in.readAllBytes();
        }
    }
}
