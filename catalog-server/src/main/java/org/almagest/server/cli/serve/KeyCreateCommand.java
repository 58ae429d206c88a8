package org.almagest.server.cli.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almagest.server.cli.session.DurationText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.Access;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.Rate;
import org.almagest.server.keys.SlugPattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code almagest key create}. */
@Command(
        name = "create",
        description = {
            "Makes an API key and prints it, once: only a hash of it is kept.",
            "",
            "PATTERN is the slug of a dataset, a group such as stac.*, or * for all; give an",
            "option again for each. Write includes read, admin includes both.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  almagest key create --label 'harvester 3' --write 'stac.*' --expires 365d",
            "  almagest key create --label 'map' --read '*' --requests 50/1s --out map.key",
            "  almagest key create --label 'partner' --read '*' --tenant partner"
        })
public final class KeyCreateCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--label", required = true, paramLabel = "TEXT", description = "What the key is for.")
    private String label = "";

    @Option(names = "--read", paramLabel = "PATTERN", description = "May see these datasets and what they hold.")
    private List<String> read = new ArrayList<>();

    @Option(names = "--write", paramLabel = "PATTERN", description = "May store and correct; create collections.")
    private List<String> write = new ArrayList<>();

    @Option(names = "--admin", paramLabel = "PATTERN", description = "May delete collections.")
    private List<String> admin = new ArrayList<>();

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Whose store; unless set the one in the store's folder itself.")
    private String tenant = ApiKey.DEFAULT_TENANT;

    @Option(names = "--expires", paramLabel = "DURATION", description = "For how long, such as 90d; else for ever.")
    private @Nullable String expires;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the key to this new file, do not print it.")
    private @Nullable Path out;

    @ArgGroup(exclusive = false, heading = "What the server's settings say otherwise:%n")
    private Quota quota = new Quota();

    /** How much the key may ask. */
    private static final class Quota {
        @Option(names = "--requests", paramLabel = "N/TIME", description = "Requests in a time, such as 50/1s.")
        private @Nullable String requests;

        @Option(names = "--concurrent", paramLabel = "N", description = "Requests at the same time.")
        private @Nullable Integer concurrent;

        @Option(names = "--bytes-out", paramLabel = "N/TIME", description = "Bytes of answers, such as 10GiB/1d.")
        private @Nullable String bytesOut;

        @Option(names = "--bytes-in", paramLabel = "N/TIME", description = "Bytes of request bodies in a time.")
        private @Nullable String bytesIn;
    }

    public KeyCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Grant> grants = new ArrayList<>();
        read.forEach(pattern -> grants.add(new Grant(Access.READ, new SlugPattern(pattern))));
        write.forEach(pattern -> grants.add(new Grant(Access.WRITE, new SlugPattern(pattern))));
        admin.forEach(pattern -> grants.add(new Grant(Access.ADMIN, new SlugPattern(pattern))));
        if (grants.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "a key that may do nothing (expected --read, --write or --admin)");
        }
        ApiKey.checkTenant(tenant);
        Duration lifetime = expires == null ? null : DurationText.parse("--expires", expires);
        ApiKeys.Wanted wanted = new ApiKeys.Wanted(tenant, label, grants, quota(), lifetime);
        KeyAccess access = KeyAccess.made(session);
        access.told(
                "key.created",
                KeyText.showOnce(session, out, () -> access.keys().create(wanted)));
        return 0;
    }

    private KeyQuota quota() {
        return new KeyQuota(
                rate("--requests", quota.requests),
                quota.concurrent,
                rate("--bytes-out", quota.bytesOut),
                rate("--bytes-in", quota.bytesIn));
    }

    private static @Nullable Rate rate(String option, @Nullable String text) {
        return text == null ? null : Rate.parse(option, text);
    }
}
