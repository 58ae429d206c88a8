package org.almagest.samples;

import org.almagest.testing.rules.ModuleRulesContract;

class ModuleRulesTest extends ModuleRulesContract {}
