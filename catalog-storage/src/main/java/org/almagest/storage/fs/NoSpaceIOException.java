package org.almagest.storage.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when the disk, a quota, the inodes or the limit of file size are exhausted; space may return. */
public final class NoSpaceIOException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes the whole message, in the form "subject: problem: actual". */
    public NoSpaceIOException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
