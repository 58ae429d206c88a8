package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when the disk is full; nothing of the request was stored. */
public final class NoSpaceException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public NoSpaceException(String message) {
        this(message, null);
    }

    /** Creates it with the failure that caused it, or null. */
    public NoSpaceException(String message, @Nullable Throwable cause) {
        super(ErrorCode.NO_SPACE, message, cause);
    }
}
