package org.almagest.storage;

import org.almagest.testing.rules.ModuleRulesContract;

class ModuleRulesTest extends ModuleRulesContract {}
