package org.almagest.server.cli.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almagest.error.ErrorCode;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.storage.tool.Verifier;
import org.almagest.storage.tool.Verifier.Depth;
import org.almagest.storage.tool.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code almagest verify}. */
@Command(
        name = "verify",
        description = {
            "Checks every byte of the store and changes nothing; needs no lock.",
            "",
            "Ends with status 3 where something does not hold, and lists each finding with",
            "its file and offset.",
            ""
        },
        footer = {"", "Example:", "  almagest verify --deep"})
public final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--deep", description = "Also make each id again from its row, and boxes and keys from values.")
    private boolean deep;

    public VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        VerifyReport report = Verifier.verify(session.store().requiredFolder(), deep ? Depth.ROWS : Depth.BYTES);
        if (session.wantsJson()) {
            session.console().print(json(report));
        } else {
            print(report);
        }
        return report.isClean() ? 0 : ErrorCode.CORRUPT_STORE.exitStatus();
    }

    private void print(VerifyReport report) {
        Console console = session.console();
        report.forEachFinding((file, offset, rule) -> console.print(rule + " [" + file + " @ " + offset + "]"));
        report.notes().forEach(note -> console.print("note: " + note));
        console.print(String.format(
                Locale.ROOT,
                "%s: %,d rows in %,d segments (%,d bytes) and %,d frames of the log, manifest %d",
                report.isClean() ? "clean" : "findings: " + report.findings().size(),
                report.rowCount(),
                report.segmentCount(),
                report.byteCount(),
                report.frameCount(),
                report.manifestVersion()));
    }

    private static String json(VerifyReport report) {
        List<String> findings = new ArrayList<>();
        report.forEachFinding((file, offset, rule) -> findings.add(new JsonObjectText()
                .put("file", file)
                .put("offset", offset)
                .put("problem", rule)
                .toString()));
        return new JsonObjectText()
                .put("clean", report.isClean())
                .put("manifest_version", report.manifestVersion())
                .put("segments", report.segmentCount())
                .put("rows", report.rowCount())
                .put("bytes", report.byteCount())
                .put("frames", report.frameCount())
                .putRaw("findings", "[" + String.join(",", findings) + "]")
                .put("notes", report.notes())
                .toString();
    }
}
