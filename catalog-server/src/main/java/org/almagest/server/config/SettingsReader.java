package org.almagest.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads all sources, the stronger over the weaker, and finds every problem at once. */
public final class SettingsReader {
    /** Variables of the command line and its launcher, which are no settings. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("ALMAGEST_STORE", "ALMAGEST_JAVA_OPTS", "ALMAGEST_NO_BUILD", "ALMAGEST_CONFIG");

    private static final String PREFIX = "ALMAGEST_";

    /** An API key, whole or cut; no setting is one, and no error may repeat it. */
    private static final Pattern SECRET = Pattern.compile("alm_[0-9a-z]{6,}", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Setting<?>> BY_PATH =
            Settings.ALL.stream().collect(Collectors.toMap(Setting::path, setting -> setting));
    private static final Map<String, Setting<?>> BY_VARIABLE =
            Settings.ALL.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Settings.Value> values = new LinkedHashMap<>();

    private SettingsReader() {}

    /**
     * Reads all sources; never throws for what they say.
     *
     * @param file that must be there, where it is named
     * @param environment all variables of the process
     * @param flags path and text of each, with how the flag is written: {@code --port} or {@code --set listen.port}
     */
    public static SettingsReading read(Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        SettingsReader reader = new SettingsReader();
        file.ifPresent(path -> SettingsFile.read(path, reader.problems).forEach(reader::take));
        reader.takeVariables(environment);
        for (Flag flag : flags) {
            reader.take(new Written(flag.name(), flag.path(), List.of(flag.value())));
        }
        return new SettingsReading(reader.complete(), reader.problems, reader.warnings);
    }

    /** A value given on the command line. */
    public record Flag(String name, String path, String value) {}

    private void takeVariables(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            Setting<?> setting = BY_VARIABLE.get(name);
            if (setting != null) {
                take(new Written(name, setting.path(), List.of(value)));
            } else if (name.startsWith(PREFIX) && !OTHER_VARIABLES.contains(name)) {
                warnings.add(name + ": no such setting" + Closest.hint(name, BY_VARIABLE.keySet()));
            }
        });
    }

    private void take(Written written) {
        Setting<?> setting = BY_PATH.get(written.path());
        String subject = written.origin() + ": " + written.path() + ": ";
        if (setting == null) {
            problems.add(subject + "no such setting" + Closest.hint(written.path(), BY_PATH.keySet()));
            return;
        }
        if (written.words().stream().anyMatch(word -> SECRET.matcher(word).find())) {
            problems.add(subject + "looks like an API key, which belongs in no setting");
            return;
        }
        boolean list = setting.kind().shape() == Kind.Shape.LIST;
        if (!list && written.words().size() != 1) {
            problems.add(subject + "is a list (expected " + setting.kind().says() + ")");
            return;
        }
        List<String> words =
                list && written.words().size() == 1 ? split(written.words().get(0)) : written.words();
        try {
            Object parsed = Objects.requireNonNull(setting.kind().reader().apply(words));
            values.put(setting.path(), new Settings.Value(words, parsed, written.origin()));
        } catch (IllegalArgumentException e) {
            problems.add(subject + e.getMessage());
        }
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Settings complete() {
        Map<String, Settings.Value> all = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            Settings.Value fallback =
                    new Settings.Value(setting.words(), Objects.requireNonNull(setting.fallback()), "default");
            all.put(setting.path(), values.getOrDefault(setting.path(), fallback));
        }
        return new Settings(all);
    }
}
