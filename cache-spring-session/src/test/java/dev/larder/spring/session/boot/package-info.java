@NullMarked
package dev.larder.spring.session.boot;

import org.jspecify.annotations.NullMarked;
