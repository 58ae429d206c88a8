package org.almagest.io.stac.exchange;

import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;

/** Says which failure of the engine is which answer; the table stands in {@code docs/stac-api.md}. */
public final class Problems {
    /** The status under which a request is logged whose client has left; never sent. */
    public static final int CLIENT_GONE = 499;

    private static final String AGAIN = " (repeating the request is safe)";

    private Problems() {}

    /** Returns the answer to a failure; what is wrong inside is never told. */
    public static Problem of(CatalogException failure) {
        String code = failure.code().name();
        String detail = failure.getMessage();
        return switch (failure.code()) {
            case INVALID_REQUEST -> Problem.of(400, code, detail);
            case LIMIT_EXCEEDED -> Problem.of(statusOf((LimitExceededException) failure), code, detail);
            case NOT_FOUND -> Problem.of(404, code, detail);
            case ALREADY_EXISTS, CONFLICT, EXISTING_DATAPOINTS -> Problem.of(409, code, detail);
            case PRECONDITION_FAILED -> Problem.of(412, code, detail);
            case STORE_LOCKED -> Problem.of(503, code, "store: in use");
            case STORAGE_FAILED -> Problem.of(503, code, "store: stopped after a failed write");
            case OUTCOME_UNKNOWN -> Problem.of(503, code, "store: the change may or may not have been stored" + AGAIN);
            case DEADLINE_EXCEEDED -> Problem.of(504, code, detail);
            case NO_SPACE -> Problem.of(507, code, "store: no space left");
            case CANCELLED -> Problem.of(CLIENT_GONE, code, "request: cancelled");
            case CORRUPT_STORE, UNSUPPORTED_FORMAT -> internal();
        };
    }

    /** Returns the answer to a failure that one parameter, or one part of the body, has caused. */
    public static Problem of(CatalogException failure, String parameter) {
        Problem problem = of(failure);
        boolean client = failure instanceof InvalidRequestException || failure instanceof LimitExceededException;
        if (!client) {
            return problem;
        }
        String detail = problem.detail();
        boolean named = detail.startsWith(parameter + ":") || detail.startsWith(parameter + " ");
        return Problem.of(problem.status(), problem.code(), named ? detail : parameter + ": " + detail)
                .at(parameter);
    }

    /** Returns the answer to what should not have happened. */
    public static Problem internal() {
        return Problem.of(500, "INTERNAL", "internal error");
    }

    /** Too much to store at once is the size of the body, and so 413; other bounds are of a parameter. */
    private static int statusOf(LimitExceededException failure) {
        return switch (failure.limitName()) {
            case "rowBytesMax", "commitRowsMax", "commitBytesMax" -> 413;
            default -> failure.limitName().endsWith("BodyBytesMax") ? 413 : 400;
        };
    }
}
