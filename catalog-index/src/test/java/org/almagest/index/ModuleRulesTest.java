package org.almagest.index;

import org.almagest.testing.rules.ModuleRulesContract;

class ModuleRulesTest extends ModuleRulesContract {}
