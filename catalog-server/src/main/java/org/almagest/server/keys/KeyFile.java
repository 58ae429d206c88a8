package org.almagest.server.keys;

import java.util.function.UnaryOperator;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.UnsupportedFormatException;

/**
 * The file of keys: read by servers without a lock, changed by commands one after the other.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class KeyFile {
    private final ServerFolder folder;

    /** Creates it for a folder of a server; looks at nothing yet. */
    public KeyFile(ServerFolder folder) {
        this.folder = folder;
    }

    /**
     * Returns all keys; none where there is no file.
     *
     * @throws CorruptStoreException if the file is damaged
     * @throws UnsupportedFormatException if another build wrote it
     */
    public KeyList read() {
        return folder.find(ServerFolder.KEYS, KeysFormat.BYTES_MAX)
                .map(KeysFormat::read)
                .orElse(KeyList.NONE);
    }

    /** Returns a text that is another one after each change; cheap, reads nothing of the file. */
    public String stamp() {
        return folder.stamp(ServerFolder.KEYS);
    }

    /** Tells whether {@link #stamp} still returns this text. */
    public boolean isAt(String stamp) {
        return stamp().equals(stamp);
    }

    /** Changes the list durably and returns it; what other processes change meanwhile is in it. */
    KeyList change(UnaryOperator<KeyList> change) {
        try (FolderLock lock = folder.lock()) {
            return change(lock, change);
        }
    }

    /** Changes the list by somebody who holds the lock. */
    KeyList change(FolderLock lock, UnaryOperator<KeyList> change) {
        KeyList before = read();
        KeyList after =
                new KeyList(before.generation() + 1, change.apply(before).keys());
        byte[] bytes = KeysFormat.write(after);
        if (bytes.length > KeysFormat.BYTES_MAX) {
            throw new LimitExceededException("keys: bytes", "keysBytesMax", bytes.length, KeysFormat.BYTES_MAX);
        }
        folder.replace(lock, ServerFolder.KEYS, bytes);
        return after;
    }
}
