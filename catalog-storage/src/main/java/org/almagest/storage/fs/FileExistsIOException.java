package org.almagest.storage.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when a name that had to be new exists. */
public final class FileExistsIOException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Takes the whole message, in the form "subject: problem: actual". */
    public FileExistsIOException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
