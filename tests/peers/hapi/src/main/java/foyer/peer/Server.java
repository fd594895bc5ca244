package foyer.peer;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A plain FHIR R4 server at /fhir: HAPI's JPA server as it comes, in a Tomcat on loopback.
 * Only the web server and the data source are configured by Spring Boot; its other
 * automatic parts would start things that nobody here asks for.
 */
@Configuration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class
})
@Import({
    JpaR4Config.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class,  // the queue that batch jobs need; no subscription uses it
    Storage.class
})
public class Server {
    public static void main(String[] arguments) {
        SpringApplication.run(Server.class, arguments);
    }

    @Bean
    public RestfulServer fhir(
            IFhirSystemDao<Bundle, Meta> dao,
            JpaSystemProvider<Bundle, Meta> systemProvider,
            ResourceProviderFactory resourceProviders,
            JpaStorageSettings settings,
            ISearchParamRegistry searchParameters,
            IValidationSupport validation,
            DatabaseBackedPagingProvider paging) {
        dao.getContext().setNarrativeGenerator(new NullNarrativeGenerator());
        var server = new RestfulServer(dao.getContext());
        server.registerProviders(resourceProviders.createProviders());
        server.registerProvider(systemProvider);
        server.setPagingProvider(paging);
        var statement = new JpaCapabilityStatementProvider(
                server, dao, settings, searchParameters, validation);
        statement.setImplementationDescription("HAPI FHIR R4, a peer for Foyer's tests");
        server.setServerConformanceProvider(statement);
        return server;
    }

    @Bean
    public ServletRegistrationBean<RestfulServer> route(RestfulServer fhir) {
        var route = new ServletRegistrationBean<>(fhir, "/fhir/*");
        route.setLoadOnStartup(1);
        return route;
    }
}
