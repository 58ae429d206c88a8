package org.almagest.server.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a file in HOCON without what reaches elsewhere: {@code include} and {@code ${}} are refused.
 *
 * <p>What is left is JSON with comments, dotted names and fewer quotes.
 */
final class SettingsFile {
    private static final long BYTES_MAX = 1 << 20;

    private final Path file;
    private final List<String> problems;
    private final List<Written> found = new ArrayList<>();

    private SettingsFile(Path file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Returns what the file sets; what is wrong with the file itself goes to {@code problems}. */
    static List<Written> read(Path file, List<String> problems) {
        SettingsFile reading = new SettingsFile(file, problems);
        reading.read();
        return reading.found;
    }

    private void read() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                problems.add(file + ": " + Files.size(file) + " bytes (at most " + BYTES_MAX + ")");
                return;
            }
            parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            problems.add(file + ": no such file");
        } catch (CharacterCodingException e) {
            problems.add(file + ": not UTF-8");
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e.getMessage());
        }
    }

    private void parse(String text) {
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(file.toString())
                .setIncluder(new NoInclude());
        try {
            walk("", ConfigFactory.parseReader(new StringReader(text), options).root());
        } catch (ConfigException e) {
            problems.add(where(e) + oneLine(e));
        } catch (StackOverflowError e) {
            problems.add(file + ": nested too deeply");
        }
    }

    private void walk(String prefix, ConfigObject object) {
        object.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) ->
                                entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> take(prefix + entry.getKey(), entry.getValue()));
    }

    private void take(String path, ConfigValue value) {
        String origin = file.getFileName() + ": line " + value.origin().lineNumber();
        try {
            if (value.valueType() == ConfigValueType.OBJECT) {
                object(path, (ConfigObject) value, origin);
            } else if (value.valueType() == ConfigValueType.LIST) {
                List<String> words = new ArrayList<>();
                ((ConfigList) value).forEach(word -> words.add(String.valueOf(word.unwrapped())));
                found.add(new Written(origin, path, words));
            } else if (value.valueType() == ConfigValueType.NULL) {
                problems.add(origin + ": " + path + ": null (expected a value)");
            } else {
                found.add(new Written(origin, path, List.of(String.valueOf(value.unwrapped()))));
            }
        } catch (ConfigException.NotResolved e) {
            problems.add(origin + ": " + path + ": ${} is not read here (write the value)");
        }
    }

    private void object(String path, ConfigObject object, String origin) {
        if (Settings.ALL.stream().anyMatch(setting -> setting.path().equals(path))) {
            problems.add(origin + ": " + path + ": holds settings (expected a value)");
        } else {
            walk(path + ".", object);
        }
    }

    private String where(ConfigException e) {
        int line = e.origin() == null ? -1 : e.origin().lineNumber();
        return file.getFileName() + (line < 0 ? ": " : ": line " + line + ": ");
    }

    private String oneLine(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        String plain = message.replaceFirst("^" + Pattern.quote(file.toString()) + ": \\d+: ", "");
        return plain.lines().findFirst().orElse("not HOCON");
    }

    /** Refuses to read other files. */
    private static final class NoInclude implements ConfigIncluder {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw new ConfigException.Generic("include is not read here (write the settings)");
        }
    }
}
