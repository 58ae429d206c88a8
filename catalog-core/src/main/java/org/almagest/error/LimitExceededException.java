package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a bound of {@code Limits} is passed. */
public final class LimitExceededException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final String limitName;
    private final long actual;
    private final long limit;
    private final @Nullable String where;

    /**
     * Creates it; the message reads {@code subject: actual (at most limit)}.
     *
     * @param subject what is too large, as a path, with its unit: {@code query: limit}
     * @param limitName the component of {@code Limits} that states the bound
     * @param actual the value that was given, or the first value known to be past the limit
     * @param limit the largest value allowed
     */
    public LimitExceededException(String subject, String limitName, long actual, long limit) {
        super(ErrorCode.LIMIT_EXCEEDED, message(subject, actual, limit, null), null);
        this.subject = subject;
        this.limitName = limitName;
        this.actual = actual;
        this.limit = limit;
        this.where = null;
    }

    /** Tells the same of another subject or place. */
    private LimitExceededException(LimitExceededException cause, String subject, @Nullable String where) {
        super(ErrorCode.LIMIT_EXCEEDED, message(subject, cause.actual, cause.limit, where), cause);
        this.subject = subject;
        this.limitName = cause.limitName;
        this.actual = cause.actual;
        this.limit = cause.limit;
        this.where = where;
    }

    private static String message(String subject, long actual, long limit, @Nullable String where) {
        return subject + ": " + actual + " (at most " + limit + ")" + (where == null ? "" : " [" + where + "]");
    }

    /** Returns the path of what is too large. */
    public String subject() {
        return subject;
    }

    /** Returns the name of the component of {@code Limits} that was passed. */
    public String limitName() {
        return limitName;
    }

    /** Returns the value that was given. */
    public long actual() {
        return actual;
    }

    /** Returns the largest value allowed. */
    public long limit() {
        return limit;
    }

    /** Returns the same problem with {@code prefix} put before its subject. */
    public LimitExceededException within(String prefix) {
        return new LimitExceededException(this, prefix + ": " + subject, where);
    }

    /** Returns the same problem with the place where it was met, which the message ends with in brackets. */
    public LimitExceededException at(String place) {
        return new LimitExceededException(this, subject, place);
    }
}
