package org.almagest.server.main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almagest.runtime.Clock;
import org.almagest.server.config.Settings;
import org.almagest.server.log.AuditLog;
import org.almagest.server.log.AuditedRefusals;
import org.almagest.server.log.Event;
import org.almagest.server.log.LibraryLog;
import org.almagest.server.log.LogLines;
import org.almagest.server.log.LogLines.Requests;
import org.almagest.server.log.LogWriter;
import org.almagest.server.log.LogWriter.Format;
import org.almagest.server.log.Observer;
import org.almagest.server.main.ServeOutput.LogReader;

/** The logs of one server: lines of requests and events, and the audit log. */
final class LogSetup implements AutoCloseable {
    private final LogWriter writer;
    private final AuditLog audit;
    private final Observer lines;
    private final AuditedRefusals refusals;

    private LogSetup(LogWriter writer, AuditLog audit, Observer lines, AuditedRefusals refusals) {
        this.writer = writer;
        this.audit = audit;
        this.lines = lines;
        this.refusals = refusals;
    }

    /** Opens them as the settings say, and brings in what libraries say. */
    static LogSetup of(ServePlan plan, Settings settings, ServeOutput output, Clock clock) {
        LogWriter writer = LogWriter.to(output.log(), format(settings, output));
        String folder = settings.of(Settings.LOG_AUDIT);
        AuditLog audit = AuditLog.in(folder.isEmpty() ? plan.serverFolder().resolve("audit") : Path.of(folder), clock);
        LogLines lines = new LogLines(
                writer,
                clock,
                Event.Level.valueOf(settings.of(Settings.LOG_LEVEL).toUpperCase(Locale.ROOT)),
                settings.of(Settings.LOG_REQUESTS) ? Requests.WRITTEN : Requests.SILENT);
        LibraryLog.tell(lines);
        return new LogSetup(writer, audit, lines, new AuditedRefusals(audit, clock));
    }

    private static Format format(Settings settings, ServeOutput output) {
        return switch (settings.of(Settings.LOG_FORMAT)) {
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            default -> output.logReader() == LogReader.PERSON ? Format.TEXT : Format.JSON;
        };
    }

    /** Returns who is told of requests: the lines, the audit log, and these. */
    Observer observer(List<Observer> more) {
        List<Observer> all = new ArrayList<>(List.of(lines, refusals));
        all.addAll(more);
        return Observer.all(all);
    }

    LogWriter writer() {
        return writer;
    }

    AuditLog audit() {
        return audit;
    }

    Observer lines() {
        return lines;
    }

    @Override
    public void close() {
        refusals.close();
        writer.close();
    }
}
