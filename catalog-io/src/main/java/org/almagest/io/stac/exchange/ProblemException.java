package org.almagest.io.stac.exchange;

import org.almagest.error.ErrorCode;

/** Carries a problem from where it is found to where the answer is made. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Creates it. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Returns what is wrong. */
    public Problem problem() {
        return problem;
    }

    /**
     * Returns one for a parameter or a part of the body, 400.
     *
     * @param what problem, actual value, expectation; the message begins with the name
     */
    public static ProblemException invalid(String parameter, String what) {
        String detail = parameter.isEmpty() ? what : parameter + ": " + what;
        return new ProblemException(
                Problem.of(400, ErrorCode.INVALID_REQUEST, detail).at(parameter));
    }

    /** Returns one for what does not exist, or may not be seen, 404. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(404, ErrorCode.NOT_FOUND, detail));
    }

    /** Returns one of another kind. */
    public static ProblemException of(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }
}
