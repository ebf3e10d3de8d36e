@NullMarked
package dev.larder.patterns.session;

import org.jspecify.annotations.NullMarked;
