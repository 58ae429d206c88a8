package org.almagest.storage.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes small files in one piece. */
public final class WholeFiles {
    private WholeFiles() {}

    /**
     * Returns all bytes of a file, little-endian, ready to be read.
     *
     * @param bytesMax the bound; a longer file is refused before anything is allocated
     * @throws FileMissingIOException if there is no such file
     */
    public static ByteBuffer read(Storage storage, String name, int bytesMax) throws IOException {
        try (ReadFile file = storage.openRead(name)) {
            long size = file.size();
            if (size > bytesMax) {
                throw new IOException(name + ": size: " + size + " bytes (at most " + bytesMax + ")");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
            file.read(bytes, 0);
            return bytes.flip();
        }
    }

    /**
     * Creates a file with these bytes and forces it; its name is not durable yet.
     *
     * @throws FileExistsIOException if the name exists
     */
    public static void write(Storage storage, String name, ByteBuffer bytes, Barrier barrier) throws IOException {
        try (AppendFile file = storage.createNew(name)) {
            file.append(bytes);
            file.force(barrier);
        }
    }
}
