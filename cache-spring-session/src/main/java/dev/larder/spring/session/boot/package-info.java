/** The auto-configuration of Spring Boot, and its properties. */
@NullMarked
package dev.larder.spring.session.boot;

import org.jspecify.annotations.NullMarked;
