package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a request is wrong in itself, whatever the state of the store. */
public final class InvalidRequestException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String subject;

    /**
     * Creates it for one part of the request.
     *
     * @param subject what is wrong, as a path: {@code row 3: field "value"} or {@code query: limit}
     * @param problem what is wrong with it: problem, actual value, expectation
     */
    public InvalidRequestException(String subject, String problem) {
        this(subject, problem, null);
    }

    /** Creates it with the failure that caused it, or null. */
    public InvalidRequestException(String subject, String problem, @Nullable Throwable cause) {
        super(ErrorCode.INVALID_REQUEST, subject + ": " + problem, cause);
        this.subject = subject;
    }

    /** Returns the path of the part that is wrong; the message begins with it. */
    public String subject() {
        return subject;
    }

    /** Returns the message without the subject. */
    public String problem() {
        return getMessage().substring(subject.length() + 2);
    }

    /** Returns the same problem with {@code prefix} put before its subject, as {@code prefix: subject}. */
    public InvalidRequestException within(String prefix) {
        return new InvalidRequestException(prefix + ": " + subject, problem(), this);
    }
}
