package org.almagest.server.cli.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.error.ErrorCode;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.Console.ResultsFailedException;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.keys.ApiKeyText;

/** Tells the user about a failure in one line, or as JSON, and finds the exit status. */
public final class FailureReport {
    static final int USAGE_STATUS = 1;
    static final int UNEXPECTED_STATUS = 70;

    /** What a shell reports for a program that a closed pipe ended: 128 + SIGPIPE. */
    private static final int READER_GONE_STATUS = 141;

    private final Console console;
    private final GlobalOptions options;

    public FailureReport(Session session) {
        this.console = session.console();
        this.options = session.options();
    }

    /** Reports a command line that says nothing sensible. */
    public int usage(String message, String hint, List<String> args) {
        options.json |= args.contains("--json"); // the options were not read to their end
        String line = message.lines().findFirst().orElse("wrong usage");
        print("USAGE", options.json ? line : line + (hint.isEmpty() ? "" : "\n" + hint));
        return USAGE_STATUS;
    }

    /** Reports what a command threw. */
    public int failure(Throwable thrown) {
        Throwable cause = thrown.getCause();
        Throwable failure = thrown instanceof UncheckedIOException && cause != null ? cause : thrown;
        if (failure instanceof ResultsFailedException && ((ResultsFailedException) failure).readerHasGone()) {
            return READER_GONE_STATUS;
        }
        int status = report(failure);
        if (options.verbose) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            console.say(ApiKeyText.mask(trace.toString().stripTrailing()));
        }
        return status;
    }

    private int report(Throwable failure) {
        if (failure instanceof CatalogException) {
            ErrorCode code = ((CatalogException) failure).code();
            print(code.name(), ((CatalogException) failure).getMessage());
            return code.exitStatus();
        }
        if (failure instanceof IOException) {
            print(ErrorCode.STORAGE_FAILED.name(), describe((IOException) failure));
            return ErrorCode.STORAGE_FAILED.exitStatus();
        }
        if (failure instanceof OutOfMemoryError) {
            print("OUT_OF_MEMORY", "not enough memory (give more with ALMAGEST_JAVA_OPTS=-Xmx4g)");
            return UNEXPECTED_STATUS;
        }
        print("UNEXPECTED", "unexpected: " + failure + " (--verbose prints where)");
        return UNEXPECTED_STATUS;
    }

    /** Returns the message of an I/O failure, which for many kinds is only the name of the file. */
    private static String describe(IOException failure) {
        if (failure instanceof ResultsFailedException) {
            return String.valueOf(failure.getMessage());
        }
        return failure.getMessage() + ": " + failure.getClass().getSimpleName();
    }

    private void print(String code, String told) {
        String message = ApiKeyText.mask(told); // somebody may have typed a key where none belongs
        if (options.json) {
            String error = new JsonObjectText()
                    .put("code", code)
                    .put("message", message)
                    .toString();
            console.say(new JsonObjectText().putRaw("error", error).toString());
        } else {
            console.say("almagest: " + message);
        }
    }
}
