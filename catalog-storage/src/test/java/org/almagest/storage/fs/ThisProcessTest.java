package org.almagest.storage.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ThisProcessTest {
    @Test
    void saysTheSameNumberAsTheJdk() {
        assertEquals(Long.toString(ProcessHandle.current().pid()), ThisProcess.id());
    }

    @Test
    void hasANameForTheMachine() {
        assertFalse(ThisProcess.host().isBlank());
    }
}
