@NullMarked
package dev.larder.spring.session;

import org.jspecify.annotations.NullMarked;
