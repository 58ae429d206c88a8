package org.almagest.storage.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when a file or directory that had to exist does not. */
public final class FileMissingIOException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes the whole message, in the form "subject: problem: actual". */
    public FileMissingIOException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
