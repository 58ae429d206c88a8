package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when the store stopped after a failed write; reads go on, reopen it to write again. */
public final class StorageFailedException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public StorageFailedException(String message) {
        this(message, null);
    }

    /** Creates it with the failure that caused it, or null. */
    public StorageFailedException(String message, @Nullable Throwable cause) {
        super(ErrorCode.STORAGE_FAILED, message, cause);
    }
}
