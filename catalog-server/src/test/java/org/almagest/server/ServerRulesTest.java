package org.almagest.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** What the server never does, whatever it is asked: fetch, run what it is given, or load what others name. */
class ServerRulesTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("-tests.jar")) // where tests of other modules are packed
            .importPackages("org.almagest");

    @Test
    void nothingFetchesWhatDataNames() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.almagest.server.trace..", "org.almagest.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.linecorp.armeria.client..")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .orShould()
                .callMethod(URL.class, "openStream")
                .check(SERVER);
    }

    @Test
    void nothingIsMadeOfBytesOrTextOfOthersButValues() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.script..", "javax.xml..", "com.fasterxml.jackson.databind..")
                .check(SERVER);
    }

    @Test
    void theLibraryOfTheServerStaysInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.almagest.server.http..", "org.almagest.server.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.linecorp..", "io.netty..")
                .check(SERVER);
    }
}
