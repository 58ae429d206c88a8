package org.almagest.server.cli.serve;

import java.io.OutputStream;
import java.util.List;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.main.ServeOutput;

/** Says on the console what a server has to say. */
final class ServeConsole implements ServeOutput {
    private final Session session;
    private final Console console;

    private ServeConsole(Session session) {
        this.session = session;
        this.console = session.console();
    }

    /** Returns the console of a session; named by the interface, so that no other command loads it. */
    static ServeOutput of(Session session) {
        return new ServeConsole(session);
    }

    @Override
    public void started(Addresses addresses) {
        console.print(
                session.wantsJson()
                        ? new JsonObjectText()
                                .put("url", addresses.url())
                                .put("stac", addresses.stac())
                                .put("store", addresses.store())
                                .put("warnings", addresses.warnings())
                                .toString()
                        : addresses.stac() + " serves " + addresses.store());
        console.flush();
    }

    @Override
    public void problems(List<String> problems) {
        if (session.wantsJson()) {
            String error = new JsonObjectText()
                    .put("code", "INVALID_REQUEST")
                    .put("message", problems.get(0))
                    .put("problems", problems)
                    .toString();
            console.say(new JsonObjectText().putRaw("error", error).toString());
        } else {
            problems.forEach(problem -> console.say("almagest: " + problem));
        }
    }

    @Override
    public void lines(List<String> lines) {
        if (session.wantsJson()) {
            console.print(new JsonObjectText().put("lines", lines).toString());
        } else {
            lines.forEach(console::print);
        }
    }

    @Override
    public OutputStream log() {
        return console.messages();
    }

    @Override
    public LogReader logReader() {
        return console.showsProgress() && !session.wantsJson() ? LogReader.PERSON : LogReader.PROGRAM;
    }
}
