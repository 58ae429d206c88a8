package org.almagest.io.stac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":"b"} | {"a":"c"} | {"a":"c"}
                    {"a":"b"} | {"b":"c"} | {"a":"b","b":"c"}
                    {"a":"b"} | {"a":null} | {}
                    {"a":"b","b":"c"} | {"a":null} | {"b":"c"}
                    {"a":["b"]} | {"a":"c"} | {"a":"c"}
                    {"a":"c"} | {"a":["b"]} | {"a":["b"]}
                    {"a":{"b":"c"}} | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
                    {"a":[{"b":"c"}]} | {"a":[1]} | {"a":[1]}
                    ["a","b"] | ["c","d"] | ["c","d"]
                    {"a":"b"} | ["c"] | ["c"]
                    {"a":"foo"} | null | null
                    {"a":"foo"} | "bar" | "bar"
                    {"e":null} | {"a":1} | {"a":1,"e":null}
                    [1,2] | {"a":"b","c":null} | {"a":"b"}
                    {} | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
                    """)
    void theExamplesOfTheRfcHold(String target, String patch, String result) {
        assertEquals(result, CanonicalJson.text(MergePatch.apply(json(target), json(patch))));
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text, JsonLimits.of(1_000, 10));
    }
}
