package org.almagest.io;

import org.almagest.testing.rules.ModuleRulesContract;

class ModuleRulesTest extends ModuleRulesContract {}
