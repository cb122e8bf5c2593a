import { ProjectResources } from '@cdktf/provider-digitalocean/lib/project-resources';
import { Project as ProjectResource } from '@cdktf/provider-digitalocean/lib/project';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';

export interface ProjectProps {
  readonly name: string;
  readonly description: string;
}

/**
 * A DigitalOcean project: the environment's resources together, in the control panel and on the bill.
 *
 * Its members are named by a resource of their own. The project itself reads back everything that is in it (provider 2.71.0,
 * resource_project.go, Read), so that a list there would throw out, at every second apply, what joined by its own `project_id`.
 */
export class Project extends Construct {
  readonly id: string;
  private readonly members: string[] = [];

  constructor(scope: Construct, id: string, props: ProjectProps) {
    super(scope, id);
    const project = new ProjectResource(this, 'Resource', { name: props.name, description: props.description, purpose: 'Web Application' });
    new ProjectResources(this, 'members', { project: project.id, resources: Lazy.listValue({ produce: () => [...this.members] }) });
    this.id = project.id;
  }

  /** Takes a resource into the project, by its URN. */
  add(urn: string): void {
    this.members.push(urn);
  }
}
