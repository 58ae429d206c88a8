package org.almagest.storage.engine;

import java.io.IOException;
import java.util.List;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.tool.Verifier;

/** Checks every byte of a closed store, as {@code verify --deep} does. */
final class StoreSoundness {
    private StoreSoundness() {}

    static List<String> findings(Storage storage) {
        try {
            return Verifier.verify(storage, Verifier.Depth.ROWS).findings().stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }
}
