package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a change may or may not have become durable; repeating it with the same ids is safe. */
public final class OutcomeUnknownException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public OutcomeUnknownException(String message) {
        this(message, null);
    }

    /** Creates it with the failure that caused it, or null. */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(ErrorCode.OUTCOME_UNKNOWN, message, cause);
    }
}
