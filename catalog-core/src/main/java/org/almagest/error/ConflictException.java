package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a request, right in itself, contradicts the present state of the store. */
public sealed class ConflictException extends CatalogException
        permits ExistingDatapointsException, PreconditionFailedException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public ConflictException(String message) {
        this(ErrorCode.CONFLICT, message, null);
    }

    ConflictException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
