package org.almagest.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose. Unchecked.
 *
 * <p>Messages have one shape: subject: problem: actual (expected or limit) [where].
 */
public abstract class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    CatalogException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Returns the stable name of this kind of failure. */
    public final ErrorCode code() {
        return code;
    }

    /** Returns the message, which is never absent. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
