import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.entity.PartitionEntity;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.partition.IPartitionLookupSvc;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.test.config.TestHSearchAddInConfig;
import ca.uhn.fhir.jpa.test.config.TestR4Config;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.partition.RequestTenantPartitionInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.tenant.UrlBaseTenantIdentificationStrategy;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** HAPI's FHIR server with its database in memory, on loopback: `Hapi PORT PARTITION...`; each partition is a base, `/fhir/PARTITION`. */
public class Hapi {
  public static void main(String[] arguments) throws Exception {
    // Else its test configuration draws the number of connections by lot.
    TestR4Config.ourMaxThreads = 12;
    var spring = new AnnotationConfigApplicationContext(TestR4Config.class, TestHSearchAddInConfig.NoFT.class);
    PartitionSettings partitions = spring.getBean(PartitionSettings.class);
    partitions.setPartitioningEnabled(true);

    RestfulServer fhir = new RestfulServer(spring.getBean(FhirContext.class));
    fhir.registerProviders(spring.getBean("myResourceProvidersR4", ResourceProviderFactory.class).createProviders());
    fhir.registerProvider(spring.getBean("mySystemProviderR4"));
    fhir.registerProvider(spring.getBean(BulkDataExportProvider.class));
    fhir.setPagingProvider(spring.getBean(DatabaseBackedPagingProvider.class));
    fhir.setServerConformanceProvider(new JpaCapabilityStatementProvider(
        fhir,
        spring.getBean("mySystemDaoR4", IFhirSystemDao.class),
        spring.getBean(JpaStorageSettings.class),
        spring.getBean(ISearchParamRegistry.class),
        spring.getBean("myJpaValidationSupportChain", IValidationSupport.class)));
    fhir.setDefaultResponseEncoding(EncodingEnum.JSON);
    fhir.setTenantIdentificationStrategy(new UrlBaseTenantIdentificationStrategy());
    RequestTenantPartitionInterceptor byAddress = new RequestTenantPartitionInterceptor();
    byAddress.setPartitionSettings(partitions);
    // Jobs are asked for their partition, too, and not by the servlet.
    spring.getBean(IInterceptorService.class).registerInterceptor(byAddress);
    IPartitionLookupSvc known = spring.getBean(IPartitionLookupSvc.class);
    for (int i = 1; i < arguments.length; i++) {
      known.createPartition(new PartitionEntity().setId(i).setName(arguments[i]), null);
    }

    Server jetty = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(fhir), "/fhir/*");
    jetty.setHandler(context);
    jetty.start();
    System.out.println("READY");
    jetty.join();
  }
}
